import { expect } from 'chai';
import { benchmarkOf, cellOf, completeRow, paperPaceOf } from '../test-support/example-results.ts';
import { swarmCell } from '../test-support/example-swarm.ts';
import { benchReport } from './bench-report.ts';

const three = [completeRow('peer1', 500, 40, 70), completeRow('peer2', 600, 42, 60), completeRow('peer3', 700, 44, 50)];

describe('benchReport', () => {
  it("prints the paper's columns twice: measured, and the paper's figures", () => {
    const text = benchReport(benchmarkOf(cellOf(3, 20, three)));
    expect(text).to.contain(
      [
        '3 peers, 20 blocks, times with the relay',
        '┌───────┬────────────────────────────┬────────────────────────────┬────────┐',
        '│       │          measured          │           paper            │        │',
        '│ Peer  │ Tempo       Msg        Msg │ Tempo       Msg        Msg │ Factor │',
        '│       │   (s)  Enviadas  Recebidas │   (s)  Enviadas  Recebidas │        │',
        '├───────┼────────────────────────────┼────────────────────────────┼────────┤',
        '│ peer1 │ 0.500        40         70 │ 55.11        41         77 │        │',
        '│ peer2 │ 0.600        42         60 │ 55.11        43         79 │        │',
        '│ peer3 │ 0.700        44         50 │ 55.11        44         48 │        │',
        '├───────┼────────────────────────────┼────────────────────────────┼────────┤',
        '│ mean  │ 0.600        42         60 │ 55.11        42         68 │    ×92 │',
        '└───────┴────────────────────────────┴────────────────────────────┴────────┘',
      ].join('\n'),
    );
    expect(text.trimEnd().endsWith('Benchmark: complete')).to.equal(true);
  });

  it('prints only measured figures if the paper has no such table', () => {
    const text = benchReport(benchmarkOf(cellOf(1, 50, [completeRow('peer1', 12_345, 0, 0)])));
    expect(text).to.contain('1 peer, 50 blocks').and.contain('12.35').and.not.contain('Factor');
  });

  it('adds the times at full speed to those at the paper’s pace, with the factor and what went wrong', () => {
    const failed = [...three.slice(1), { peerId: 'peer1', outcome: 'deadline' as const, detail: 'No file.', exit: {} }];
    const text = benchReport({ ...paperPaceOf(cellOf(3, 20, three)), fullSpeedCells: [cellOf(3, 20, three)] });
    expect(text).to.contain('At full speed, 3 peers × 20 blocks: 0.600 s in the mean, ×92 the paper’s speed.');
    expect(text).not.to.contain('deadline');
    const failing = benchReport({ ...paperPaceOf(cellOf(3, 20, three)), fullSpeedCells: [cellOf(3, 20, failed)] });
    expect(failing).to.contain('deadline: No file.');
  });

  it('stays within 80 columns', () => {
    const wide = [3, 5].map((peers) => {
      const rows = Array.from({ length: peers }, (_, i) => completeRow(`peer${i + 1}`, 123_456, 9999, 99_999));
      return cellOf(peers, 200, rows, rows);
    });
    for (const result of [benchmarkOf(...wide, swarmCell(300, 100)), paperPaceOf(...wide, swarmCell(5, 100))]) {
      for (const line of benchReport(result).split('\n')) expect(line.length).to.be.at.most(80);
    }
  });

  it('says which times include the relay, what the relay costs, and how busy the machine was', () => {
    const text = benchReport(benchmarkOf(swarmCell(3, 20, 2), cellOf(5, 20, three)));
    expect(text).to.contain('3 peers, 20 blocks, times of 2 samples, counts of 1\n');
    expect(text).to.contain('5 peers, 20 blocks, times with the relay\n');
    expect(text).to.match(/│ 3 × 20 +│ +0\.072 +0\.069–0\.076 +×2\.14 +0\.150 +0\.486 +52\.8 MB │/);
    expect(text).to.contain('Machine during the benchmark: load 1.00 on 2 cores');
  });

  it("puts measured figures beside the paper's, with the deviation, at the paper's pace", () => {
    const slow = [50, 54, 57].map((seconds, at) => completeRow(`peer${at + 1}`, seconds * 1000, 42, 60));
    const text = benchReport(paperPaceOf(cellOf(3, 20, slow)));
    expect(text).to.contain('│ peer1 │ 50.00    42    60 │ 55.11    41    77 │ −9.3 %  +2.4 %  −22.1 % │');
    expect(text).to.contain('Times differ by −9.3 % to +3.4 %').and.not.contain('Factor');
  });

  it('stays short for large swarms: the means, the first peers that failed, and the number of others', () => {
    const rows = Array.from({ length: 300 }, (_, peer) => completeRow(`peer${peer + 1}`, 900, 40, 70));
    const dead = { outcome: 'deadline' as const, exit: {}, detail: 'It had no file in time.' };
    const lines = (failed: number): string[] =>
      benchReport(
        benchmarkOf(
          cellOf(
            300,
            20,
            rows.map((row, at) => (at < failed ? { peerId: row.peerId, ...dead } : row)),
          ),
        ),
      ).split('\n');
    expect(lines(0).length).to.be.below(30);
    expect(lines(200).length).to.be.below(80);
    expect(lines(200)).to.include('190 more problems: see the JSON result or the page.').and.not.include('peer11 ');
  });

  it('says what went wrong, with the ends of its outputs, and that counts are unavailable', () => {
    const dead = {
      peerId: 'peer1',
      outcome: 'exited' as const,
      exit: { code: 1 },
      detail: 'It ended with exit code 1.',
    };
    const text = benchReport(benchmarkOf(cellOf(1, 20, [{ ...dead, stderrTail: 'boom\nbang\n', stdoutTail: 'log' }])));
    expect(text).to.contain(
      '1 peer × 20 blocks, peer1: exited: It ended with exit code 1.\n    boom\n    bang\n    log\n',
    );
    expect(text)
      .to.match(/│ peer1 +│ +– +– +– │/)
      .and.contain('1 peer, 20 blocks, times with the relay, counts unavailable\n');
  });

  it('says that an interrupt came before the first swarm', () => {
    const text = benchReport({ ...benchmarkOf(), verdict: 'incomplete', interruptedBy: 'SIGINT' });
    expect(text).to.contain('Benchmark: incomplete, interrupted by SIGINT, nothing was measured\n');
  });

  it('escapes control characters of programs', () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\r';
    const row = { ...three[0], peerId: 'peer1', outcome: 'exited' as const, exit: {}, detail: evil, stderrTail: evil };
    const result = benchmarkOf(cellOf(1, 20, [row]));
    const text = benchReport({ ...result, implementation: { name: evil, manifest: evil }, interruptedBy: evil });
    expect(text).to.not.match(/[\u001b\u0007\u202e\r]/);
    expect(text).to.contain('\\u001b]0;owned');
  });
});
