import { expect } from 'chai';
import type { BenchmarkSample, PeerRow } from '../../schemas/types.ts';
import type { Found } from './observer.ts';
import type { PlannedSwarm } from './plan.ts';
import { failureOf, type Seen } from './verdict.ts';

const swarm: PlannedSwarm = { kind: 'pair', tracker: 0, other: 1, peers: [0, 1, 1], file: 'text' };
const message = { atMs: 1, from: 1, to: 0, connection: 1, text: '{}' };
const wrong: Found = { culprit: 1, sentence: 'lied', clause: 'peer.have-blocks.truth', message };
const complete = { outcome: 'complete', exit: { code: 0 } } as const;
const late = { outcome: 'deadline', exit: {}, detail: 'Late.' } as const;
const died = { outcome: 'exited', exit: { code: 3 }, detail: 'Died.' } as const;

function blamed(rows: readonly Omit<PeerRow, 'peerId'>[], rest: Partial<Seen> & { trouble?: string } = {}) {
  const peers = rows.map((row, number) => ({ ...row, peerId: `peer${number + 1}` }));
  const { trouble, ...seen } = rest;
  const sample: BenchmarkSample = {
    pass: 'counting',
    startedAt: '',
    durationMs: 0,
    peers,
    ...(trouble && { trackerTrouble: trouble }),
  };
  const all = { breach: undefined, suspicion: undefined, hasRegistered: () => true, ...seen };
  return failureOf(swarm, sample, all)?.blamed;
}

describe('failureOf', () => {
  it('finds none where all are complete', () => {
    expect(blamed([complete, complete, complete])).to.equal(undefined);
    expect(blamed([complete, complete, complete], { suspicion: wrong })).to.equal(undefined);
  });

  it('believes the wire first, even where all are complete, and where another died', () => {
    expect(blamed([complete, complete, complete], { breach: wrong })).to.deep.equal([1]);
    expect(blamed([died, complete, complete], { breach: wrong })).to.deep.equal([1]);
  });

  it('blames the tracker that ended, the server that kept silent, who ended wrongly, who never came', () => {
    expect(blamed([late, late, late], { trouble: 'It ended.' })).to.deep.equal([0]);
    expect(blamed([late, complete, complete], { suspicion: wrong })).to.deep.equal([1]);
    expect(blamed([late, died, late])).to.deep.equal([1]);
    expect(blamed([late, late, complete], { hasRegistered: (peer) => peer === 0 })).to.deep.equal([1]);
    expect(blamed([complete, complete, { ...complete, detail: 'It ended with exit code 1.' }])).to.deep.equal([1]);
  });

  it('blames those who did not finish if they are of one implementation, else nobody', () => {
    expect(blamed([complete, late, late])).to.deep.equal([1]);
    expect(blamed([late, late, complete])).to.deep.equal([]);
  });
});
