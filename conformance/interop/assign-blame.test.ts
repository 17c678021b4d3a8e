import { expect } from 'chai';
import type { BenchmarkSample, PeerRow } from '../../schemas/types.ts';
import type { LocatedFinding } from './located-finding.ts';
import type { PlannedSwarm } from './plan-swarms.ts';
import { assignBlame, type WireEvidence } from './assign-blame.ts';

const swarm: PlannedSwarm = { kind: 'pair', tracker: 0, other: 1, peers: [0, 1, 1], file: 'text' };
const message = { atMs: 1, from: 1, to: 0, connection: 1, text: '{}' };
const wrong: LocatedFinding = { culprit: 1, sentence: 'lied', clause: 'peer.have-blocks.truth', message };
const complete = { outcome: 'complete', exit: { code: 0 } } as const;
const late = { outcome: 'deadline', exit: {}, detail: 'Late.' } as const;
const died = { outcome: 'exited', exit: { code: 3 }, detail: 'Died.' } as const;

function failure(rows: readonly Omit<PeerRow, 'peerId'>[], rest: Partial<WireEvidence> & { trouble?: string } = {}) {
  const peers = rows.map((row, number) => ({ ...row, peerId: `peer${number + 1}` }));
  const { trouble, ...seen } = rest;
  const sample: BenchmarkSample = {
    pass: 'counting',
    startedAt: '',
    durationMs: 0,
    peers,
    ...(trouble && { trackerTrouble: trouble }),
  };
  const nothing = { breach: undefined, suspicion: undefined, lastMessages: () => [] };
  const all = { ...nothing, hasRegistered: () => true, saidGoodbye: () => true, ...seen };
  return assignBlame(swarm, sample, all);
}

function blamed(...args: Parameters<typeof failure>): readonly number[] | undefined {
  return failure(...args)?.blamed;
}

describe('assignBlame', () => {
  it('blames none if all peers are complete', () => {
    expect(blamed([complete, complete, complete])).to.equal(undefined);
    expect(blamed([complete, complete, complete], { suspicion: wrong })).to.equal(undefined);
  });

  it('puts the messages first, even if all peers are complete, and if another one died', () => {
    expect(blamed([complete, complete, complete], { breach: wrong })).to.deep.equal([1]);
    expect(blamed([died, complete, complete], { breach: wrong })).to.deep.equal([1]);
  });

  it('blames a tracker that ended, a server that did not answer, peers that failed, peers that did not register', () => {
    expect(blamed([late, late, late], { trouble: 'It ended.' })).to.deep.equal([0]);
    expect(blamed([late, complete, complete], { suspicion: wrong })).to.deep.equal([1]);
    expect(blamed([late, died, late])).to.deep.equal([1]);
    expect(blamed([late, late, complete], { hasRegistered: (peer) => peer === 0 })).to.deep.equal([1]);
    expect(blamed([complete, complete, { ...complete, detail: 'It ended with exit code 1.' }])).to.deep.equal([1]);
  });

  it('blames peers that did not finish if they are of one implementation, otherwise none', () => {
    expect(blamed([complete, late, late])).to.deep.equal([1]);
    expect(blamed([late, late, complete])).to.deep.equal([]);
  });

  it('says that a program ended, if that is why it answered nothing', () => {
    const lost = { ...wrong, isLostConnection: true as const };
    expect(failure([late, died, late], { breach: lost }))
      .to.include({ sentence: 'Died. It lied.' })
      .and.not.have.any.keys('clause');
    expect(failure([late, late, late], { breach: lost })).to.include({ clause: 'peer.have-blocks.truth' });
    const byTracker = { ...lost, culprit: 'tracker' as const };
    expect(blamed([late, late, late], { breach: byTracker, trouble: 'It ended.' })).to.deep.equal([0]);
  });

  it('blames a peer that leaves without a goodbye', () => {
    const found = failure([complete, complete, complete], { saidGoodbye: (peer) => peer === 0 });
    expect(found).to.deep.include({ blamed: [1], culprit: 'peer2, peer3', clause: 'peer.finish.stays-or-exits' });
    const stays = { ...complete, exit: {} };
    expect(failure([stays, stays, stays], { saidGoodbye: () => false })).to.equal(undefined);
  });

  it('shows the last messages of the culprit, up to the one that broke the clause', () => {
    const asked: unknown[] = [];
    const lastMessages: WireEvidence['lastMessages'] = (...question) => (asked.push(question), [message]);
    const found = failure([complete, complete, complete], { breach: wrong, lastMessages });
    expect(found?.lastMessages).to.deep.equal([{ ...message, from: 'peer2', to: 'peer1' }]);
    expect(asked).to.deep.equal([[[1], 1]]);
  });
});
