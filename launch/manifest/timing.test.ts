import { expect } from 'chai';
import type { Manifest } from '../../schemas/types.ts';
import { actualTiming } from './timing.ts';

const requested = { unchokeMs: 1, infoMs: 2, peersMs: 3, paceMs: 4 };

function timingOf(manifest: Partial<Manifest>) {
  return actualTiming({ path: '/m/minibit.json', folder: '/m', manifest: { name: 'x', ...manifest } }, requested);
}

describe('actualTiming', () => {
  it('is the paper’s where the manifest says nothing', () => {
    const paper = { startMs: 1_000, unchokeMs: 10_000, infoMs: 15_000, peersMs: 3_000, blockMs: 3_000 };
    expect(timingOf({ peer: { command: ['p'] } })).to.deep.equal(paper);
  });

  it('is what the manifest states where no placeholder passes it on', () => {
    const timing = { startMs: 5, unchokeMs: 6, infoMs: 7, peersMs: 8, blockMs: 9 };
    expect(timingOf({ peer: { command: ['p'] }, timing })).to.deep.equal(timing);
  });

  it('is what was requested where a command, a variable or a replacement passes it on', () => {
    const timing = timingOf({
      peer: { command: ['p', '{unchoke_ms}', '--pace={pace_s}', '{start_ms}'] },
      env: { INFO: '{info_s}' },
      workspace: { replace: [{ file: 'f', find: '3', with: '{peers_s}' }] },
      timing: { unchokeMs: 60, peersMs: 80 },
    });
    expect(timing).to.deep.equal({ startMs: 0, unchokeMs: 1, infoMs: 2, peersMs: 3, blockMs: 4 });
  });

  it('ignores the options of the tracker', () => {
    const timing = timingOf({ tracker: { command: ['t', '{unchoke_ms}'] }, peer: { command: ['p'] } });
    expect(timing.unchokeMs).to.equal(10_000);
  });
});
