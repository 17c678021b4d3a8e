import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkDocument } from '../../schemas/validate.ts';
import { plain } from '../terminal/colour.ts';
import { kindsIn, terminalText } from './by-kind.ts';
import { kinds } from './kinds.ts';
import { readResults } from './read-results.ts';
import { refusal, reportFormats, type FormatName } from './report-formats.ts';

// Results of real sessions, shortened; a file is named after its format.
const folder = fileURLToPath(new URL('stored/', import.meta.url));
const files = readdirSync(folder);

describe('stored results', () => {
  for (const file of files) {
    const read = () => readResults(folder + file);

    it(`${file} is read as a valid result of the current format`, async () => {
      const [result, ...others] = await read();
      if (result === undefined) throw new Error('There is no result.');
      expect(others).to.deep.equal([]);
      const [kind] = kindsIn([result]);
      expect(checkDocument(kinds[kind ?? 'conformance'].schema, result)).to.deep.equal([]);
    });

    it(`${file} is shown in every format that its kind has, and refused by the others`, async () => {
      const results = await read();
      const [kind] = kindsIn(results);
      const reports = Object.keys(kinds[kind ?? 'conformance'].reports);
      for (const name of Object.keys(reportFormats) as FormatName[]) {
        const isPossible = name === 'json' || reports.includes(name);
        expect(refusal(name, results) === undefined, name).to.equal(isPossible);
        if (isPossible) expectText(await reportFormats[name].render(results));
      }
      expectText(terminalText(results, { paint: plain, columns: 80 }));
    });
  }

  it('hold one of each kind', async () => {
    const results = (await Promise.all(files.map((file) => readResults(folder + file)))).flat();
    expect(kindsIn(results)).to.deep.equal(Object.keys(kinds));
  });

  it('say that a conformance session was interrupted where the old format did', async () => {
    const [result] = await readResults(`${folder}conformance-1.json`);
    expect(result).to.include({ format: 'minibit-conformance-2', interruptedBy: 'a signal' });
    expect(result).to.not.have.property('interrupted');
  });
});

function expectText(text: string): void {
  expect(text).to.not.be.empty;
  expect(text).to.not.match(/undefined|NaN|\[object/);
}
