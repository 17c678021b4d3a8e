import { expect } from 'chai';
import { comparison } from '../test-support/example-comparison.ts';
import { compareReport } from './compare-report.ts';

describe('compareReport', () => {
  const text = compareReport(comparison());

  it('shows builds, method, figures, verdict, reasons and exit code', () => {
    expect(text).to.contain('base: example 1.0.0 (git:main, 0123456789ab)');
    expect(text).to.contain('head: example 1.1.0 (example)');
    expect(text).to.contain('2 batches of 12 rounds, links of 5 ms and of 10 MB/s, floor 3 %');
    expect(text).to.match(/3 peers × 40 blocks +1006 ms +1056 ms +\+5\.0 %/);
    expect(text).to.match(/Batch 2 +12 +\+5\.3 % +\+4\.0 … \+6\.5 % +2\.4e-4 +slower/);
    expect(text).to.match(/announce_block +240 +360 +increased/);
    expect(text).to.match(/get_peers +20 +20\.5 +timing-dependent/);
    expect(text).to.match(/other +0 +3 +allowed: Agreed\./);
    expect(text).to.not.contain('register');
    expect(text).to.contain('Head against base: slower. Exit code 1, regression.\nHead is slower than base.');
  });

  it('stays within 80 columns with long texts', () => {
    const long = 'x'.repeat(200);
    const wide = compareReport(
      comparison({
        base: { name: long, source: `${long} ${long}` },
        reasons: [`${long} and ${long}`],
        messages: [
          {
            peers: 1000,
            blocks: 1e6,
            action: 'request_block_tracker',
            base: 1e7,
            head: 2e7,
            increased: false,
            reason: long,
          },
        ],
        micro: [{ task: long, change: 'cannot tell', baseMs: 1, headMs: 1, verdicts: [], warnings: [] }],
      }),
    );
    expect(wide.split('\n').filter((line) => Array.from(line).length > 80)).to.deep.equal([]);
  });

  it('escapes control characters', () => {
    expect(compareReport(comparison({ reasons: ['\u001b[2J'] }))).to.contain('\\u001b[2J');
  });

  it('calls stored results weaker evidence, and accepts a batch without rounds', () => {
    const none = { change: 'cannot tell' as const, rounds: 0, pSlower: 1, pFaster: 1 };
    const batches = [{ times: none, rounds: [] }];
    expect(compareReport(comparison({ evidence: 'stored', batches }))).to.contain('weaker evidence');
    expect(compareReport(comparison({ evidence: 'stored', batches: [], messages: [] }))).to.contain('stored results');
  });
});
