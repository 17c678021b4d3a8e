import { expect } from 'chai';
import { comparison } from '../test-support/example-comparison.ts';
import { caseOf, conformanceOf, failingCase } from '../test-support/example-conformance.ts';
import { interopOf, interopSwarm, wrongBlock } from '../test-support/example-interop.ts';
import { benchmarkOf } from '../test-support/example-results.ts';
import { exitCodesOf } from './by-kind.ts';
import type { Result } from './result.ts';

const conforming = conformanceOf('x', caseOf('a/1'));

describe('the exit code', () => {
  for (const [what, result, code] of [
    ['a conforming implementation', conforming, 0],
    ['known failures', conformanceOf('x', failingCase('a/1', { known: 'ticket' })), 0],
    ['a broken clause', conformanceOf('x', failingCase('a/1')), 1],
    ['a stale known failure', { ...conforming, knownFailures: [{ case: 'a/1', reason: 'r', state: 'stale' }] }, 1],
    ['a case that was not judged', conformanceOf('x', caseOf('a/1', { verdict: 'error' })), 3],
    ['a complete benchmark', benchmarkOf(), 0],
    ['an incomplete benchmark', { ...benchmarkOf(), verdict: 'incomplete' }, 1],
    ['a benchmark that the harness broke off', { ...benchmarkOf(), verdict: 'incomplete', brokenOff: 'memory' }, 3],
    ['swarms that all complete', interopOf(['x'], [interopSwarm(0, 0)]), 0],
    ['a failed swarm', interopOf(['x'], [interopSwarm(0, 0, wrongBlock)]), 1],
    ['a regression', comparison(), 1],
    ['a comparison without a verdict', comparison({ exitCode: 3 }), 3],
  ] satisfies [string, Result, number][]) {
    it(`of ${what} is ${code}`, () => expect(exitCodesOf([result])).to.deep.equal([code]));
  }
});
