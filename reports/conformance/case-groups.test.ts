import { expect } from 'chai';
import { caseOf, conformanceOf, failingCase } from '../test-support/example-conformance.ts';
import { conformanceMarkdown } from '../markdown/conformance.ts';
import { plain } from '../terminal/colour.ts';
import { conformReport } from '../terminal/conform-report.ts';
import { junit } from '../formats/junit.ts';
import { conformanceSection } from '../html/conformance/section.ts';
import { failureGroups, unjudgedGroups } from './case-groups.ts';

const cause = "peer: KeyError: 'ana'";

function untestable(id: string, blockedBy: string) {
  return caseOf(id, { verdict: 'error', blockedBy, message: `not testable: ${blockedBy} did not pass (no answer)` });
}

describe('groups of cases', () => {
  const result = conformanceOf(
    'x',
    failingCase('a/1', { cause }),
    failingCase('b/1'),
    failingCase('c/1', { cause }),
    untestable('d/1', 'b/1'),
    untestable('d/2', 'c/1'),
    untestable('d/3', 'b/1'),
  );

  it('have one cause, those that others wait for first', () => {
    const ids = failureGroups(result).map(({ first, others }) => [first.id, ...others.map(({ id }) => id)]);
    expect(ids).to.deep.equal([['b/1'], ['a/1', 'c/1']]);
    const unjudged = unjudgedGroups(result).map(({ first, others }) => [first.id, ...others.map(({ id }) => id)]);
    expect(unjudged).to.deep.equal([['d/1', 'd/3'], ['d/2']]);
  });

  it('are shown as one failure in full, and a line per reason, in every report', () => {
    const terminal = conformReport(result, plain);
    expect(terminal).to.contain(`  cause     ${cause}\n  also      1 case of the same cause:\n            fail c/1\n`);
    expect(terminal).to.contain('3 cases could not be judged\n  2 cases: not testable: b/1 did not pass (no answer)\n');
    const one = '1 more case of the same cause: ';
    expect(conformanceMarkdown(result)).to.contain(one).and.contain('2 cases: not testable');
    expect(conformanceSection(result, 'r').replaceAll(/\s+/g, ' '))
      .to.contain(one)
      .and.contain('2 cases: not testable');
    expect(junit([result])).to.contain('Cause: peer: KeyError');
  });
});

describe('a program that does not start', () => {
  const message = 'The tracker ended with exit code 3 before it listened on port 7.';
  const cases = [1, 2].map((n) =>
    caseOf(`a/${n}`, { verdict: 'error', message: 'not testable: the tracker does not start' }),
  );
  const start = { verdict: 'does-not-start' as const, message, stderr: 'no such option\n', stdout: 'hello\n' };
  const result = {
    ...conformanceOf('x', ...cases),
    verdict: 'not-conforming' as const,
    starts: { tracker: start },
  };

  it('is said first in every report, with what it printed', () => {
    expect(conformReport(result, plain)).to.equal(
      [
        'the tracker does not start',
        `  ${message}`,
        '  stderr    no such option',
        '  stdout    hello',
        '',
        '2 cases could not be judged',
        '  2 cases: not testable: the tracker does not start',
        '',
        'x: not conforming',
        '2 cases in 2.0 s: 2 error',
        '',
      ].join('\n'),
    );
    for (const report of [conformanceMarkdown(result), conformanceSection(result, 'r'), junit([result])]) {
      expect(report).to.contain('no such option').and.contain('tracker does not start');
      expect(report).to.not.contain('At least one MUST is broken');
    }
    expect(junit([result])).to.match(/failures="1" errors="2"/);
  });
});
