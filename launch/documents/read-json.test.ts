import { expect } from 'chai';
import fc from 'fast-check';
import { join } from 'node:path';
import { temporaryFolder, writeFiles } from '../test-support/files.ts';
import { rejection } from '../test-support/promises.ts';
import { jsonErrorOffset, readJson } from './read-json.ts';
import { UsageError } from '../usage-error.ts';

describe('readJson', () => {
  const folder = temporaryFolder();

  it('returns the value, with or without a byte order mark', async () => {
    await writeFiles(folder.path, { 'a.json': '{"a":[1]}', 'b.json': '\ufeff[true]' });
    expect(await readJson(join(folder.path, 'a.json'))).to.deep.equal({ a: [1] });
    expect(await readJson(join(folder.path, 'b.json'))).to.deep.equal([true]);
  });

  const cases: [what: string, text: string, place: string, hint: string][] = [
    ['an extra comma', '{\n  "a": 1,\n}', 'line 3, column 1', 'Remove the comma'],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3', 'A comma or colon is missing'],
    ['single quotes', "{'a': 1}", 'line 1, column 2', 'double quotes'],
    ['a comment', '{\n  "a": 1 // one\n}', 'line 2, column 10', 'no comments'],
    ['a file of another kind', '# Title\n', 'line 1, column 1', 'the right file'],
    ['an incomplete document', '{"a": [1, 2', 'line 1, column 12', 'ends too early'],
    ['an empty file', '', 'line 1, column 1', 'ends too early'],
    ['an unclosed string', '["a]', 'line 1, column 2', 'Correct'],
    ['more than one value', '{} {}', 'line 1, column 4', 'Correct'],
  ];
  for (const [what, text, place, hint] of cases) {
    it(`locates ${what}`, async () => {
      await writeFiles(folder.path, { 'bad.json': text });
      const error = await rejection(readJson(join(folder.path, 'bad.json')));
      expect(error).to.be.instanceOf(UsageError);
      expect((error as Error).message)
        .to.contain('bad.json')
        .and.contain(`${place}:`)
        .and.contain(hint);
    });
  }
});

describe('readJson on a key that stands twice', () => {
  const folder = temporaryFolder();

  for (const [text, place, key] of [
    ['{\n  "timing": {},\n  "name": "x",\n  "timing": {}\n}', 'line 4, column 3', 'timing'],
    ['[{"a": 1}, {"b": {"c": 1, "\\u0063": 2}}]', 'line 1, column 27', 'c'],
    ['{"__proto__": 1, "__proto__": 2}', 'line 1, column 18', '__proto__'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, async () => {
      await writeFiles(folder.path, { 'bad.json': text });
      const error = await rejection(readJson(join(folder.path, 'bad.json')));
      expect(error).to.be.instanceOf(UsageError);
      expect((error as Error).message).to.contain(
        `${place}: the key "${key}" stands twice in one object, first in line `,
      );
    });
  }

  it('accepts the same key in different objects', async () => {
    await writeFiles(folder.path, { 'good.json': '{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}' });
    expect(await readJson(join(folder.path, 'good.json'))).to.have.keys('a', 'b');
  });
});

describe('jsonErrorOffset', () => {
  it('finds an error exactly when JSON.parse does', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', ']', '0', ' ', '\\', '\n'), fc.nat(1))
      .map(([json, at, char, removed]) => {
        const offset = at % (json.length + 1);
        return json.slice(0, offset) + char + json.slice(offset + removed);
      });
    fc.assert(fc.property(damaged, (text) => (jsonErrorOffset(text) === undefined) === isJson(text)));
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
