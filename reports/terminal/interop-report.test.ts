import { expect } from 'chai';
import { interopOf, interopSwarm as swarm, wrongBlock as wrong } from '../test-support/example-interop.ts';
import { plain } from './colour.ts';
import { interopReport } from './interop-report.ts';

describe('interopReport', () => {
  it('shows the matrix, each kind of failure once with its message, and who is blamed', () => {
    const swarms = [swarm(0, 0), swarm(0, 1, wrong), swarm(1, 0, wrong), swarm(1, 1, { blamed: [], sentence: 'Odd.' })];
    const text = interopReport(interopOf(['a', 'b'], swarms), plain);
    expect(text).to.contain('1  ok        FAILED 2\n').and.contain('2  FAILED 2  FAILED ?\n');
    expect(text).to.contain('12.5 ms  peer2 → peer1  #7  {"\\u001b[31m":1}').and.not.contain('\u001b');
    expect(text.match(/12\.5 ms/g)).to.have.length(1);
    expect(text).to.contain('before    12.1 ms  peer1 → peer2  #7  {"action":"\\u001b[31m"}');
    expect(text).to.contain('same in   tracker of 2 with peers of 1');
    expect(text.match(/peer\.request-block\.serves/g)).to.have.length(1);
    expect(text).to.contain('blamed: 2 b in 2 swarms\n').and.contain('fault undetermined: 1 swarm that');
  });

  it('breaks a wide matrix at the width of the terminal', () => {
    const names = Array.from({ length: 12 }, (_, number) => `n${number}`);
    const swarms = names.flatMap((_a, tracker) => names.map((_b, other) => swarm(tracker, other, wrong)));
    const lines = interopReport(interopOf(names, swarms), plain, 60).split('\n');
    const table = lines.filter((line) => /^( +\d+ {2}|tracker of)/.test(line));
    expect(Math.max(...table.map((line) => line.length))).to.be.at.most(60);
    expect(table).to.have.length(3 * 13);
  });
});
