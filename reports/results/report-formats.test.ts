import { expect } from 'chai';
import { comparison } from '../test-support/example-comparison.ts';
import { conformanceOf } from '../test-support/example-conformance.ts';
import { interopOf } from '../test-support/example-interop.ts';
import { benchmarkOf } from '../test-support/example-results.ts';
import { titleOf } from './by-kind.ts';
import { refusal, reportFormats } from './report-formats.ts';

describe('refusal', () => {
  for (const [name, results, reason] of [
    ['csv', [interopOf(['x'], [])], '--csv is not available for interop results: use --html.'],
    ['bencher', [benchmarkOf()], '--bencher is not available for benchmark results: use --html, --markdown, --csv.'],
    ['csv', [conformanceOf('x'), benchmarkOf()], '--csv takes results of one kind: leave out the others.'],
    ['bencher', [comparison(), comparison()], '--bencher takes one result: leave out the others.'],
    ['csv', [conformanceOf('x'), conformanceOf('y')], undefined],
    ['html', [conformanceOf('x'), benchmarkOf(), comparison(), interopOf(['x'], [])], undefined],
  ] as const) {
    it(`of ${results.length} for --${name}: ${reason ?? 'none'}`, () => {
      expect(refusal(name, results)).to.equal(reason);
    });
  }
});

describe('the JSON of results', () => {
  it('is the result itself, or an array of several', async () => {
    const result = conformanceOf('x');
    expect(JSON.parse(await reportFormats.json.render([result]))).to.deep.equal(result);
    expect(JSON.parse(await reportFormats.json.render([result, result]))).to.deep.equal([result, result]);
  });
});

describe('titleOf', () => {
  for (const [title, ...results] of [
    ['Conformance: x, y', conformanceOf('x'), conformanceOf('y')],
    ['Conformance: 4 implementations', ...['a', 'b', 'c', 'd'].map((name) => conformanceOf(name))],
    ['MiniBit: x, example', conformanceOf('x'), benchmarkOf()],
    ['Comparison: example (example), example (git:main)', comparison()],
  ] as const) {
    it(`is "${title}"`, () => expect(titleOf(results)).to.equal(title));
  }
});
