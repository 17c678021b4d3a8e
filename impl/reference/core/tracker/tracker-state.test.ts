import { expect } from 'chai';
import fc from 'fast-check';
import type { PeerEntry } from '../../../../schemas/types.ts';
import { seededRandom } from '../random.ts';
import { TrackerState } from './tracker-state.ts';

function tracker(totalBlocks = 20, initialBlocks = 2): TrackerState {
  return new TrackerState({ totalBlocks, initialBlocks, random: seededRandom(1) });
}

function answer(
  state: TrackerState,
  request: Parameters<TrackerState['handle']>[0],
  ip = '127.0.0.1',
): Record<string, unknown> {
  const effect = state.handle(request, ip);
  if (effect.type !== 'respond') throw new Error(`${effect.type} instead of a response`);
  return { ...effect.response };
}

function register(state: TrackerState, peerId: string, port = 5000, ip = '127.0.0.1'): Record<string, unknown> {
  return answer(state, { action: 'register', peer_id: peerId, listen_port: port }, ip);
}

function listed(state: TrackerState, peerId: string): string[] {
  return (answer(state, { action: 'get_peers', peer_id: peerId })['peers'] as PeerEntry[]).map(
    (entry) => entry.peer_id,
  );
}

describe('the tracker', () => {
  it('registers a peer under the address of its connection, and lists all others to it', () => {
    const state = tracker();
    expect(register(state, 'A', 5001, '10.0.0.1')['peers']).to.deep.equal([]);
    expect(register(state, 'B', 5002, '::1')['peers']).to.deep.equal([{ peer_id: 'A', ip: '10.0.0.1', port: 5001 }]);
  });

  it('designates the given number of distinct blocks, at most all', () => {
    expect(register(tracker(20, 3), 'A')['initial_blocks']).to.have.length(3);
    expect(register(tracker(2, 3), 'A')['initial_blocks']).to.have.members([0, 1]);
    expect(register(tracker(20, 0), 'A')['initial_blocks']).to.deep.equal([]);
  });

  it('keeps the newest entry of a peer that registers again, and its initial blocks', () => {
    const state = tracker();
    const { initial_blocks } = register(state, 'A', 5001);
    register(state, 'B');
    const again = register(state, 'A', 5009);
    expect(again['initial_blocks']).to.deep.equal(initial_blocks);
    expect(again['peers']).to.deep.equal([{ peer_id: 'B', ip: '127.0.0.1', port: 5000 }]);
    expect(answer(state, { action: 'get_peers', peer_id: 'B' })['peers']).to.deep.equal([
      { peer_id: 'A', ip: '127.0.0.1', port: 5009 },
    ]);
  });

  it('lists all others if they are at most five, else five, each equally likely', () => {
    const state = tracker();
    for (let peer = 0; peer < 6; peer++) register(state, `p${peer}`);
    expect(listed(state, 'p0').sort()).to.deep.equal(['p1', 'p2', 'p3', 'p4', 'p5']);
    for (let peer = 6; peer < 11; peer++) register(state, `p${peer}`);
    const counts = new Map<string, number>();
    for (let round = 0; round < 2000; round++) {
      const peers = listed(state, 'p0');
      expect(new Set(peers).size).to.equal(5);
      for (const peer of peers) counts.set(peer, (counts.get(peer) ?? 0) + 1);
    }
    expect(counts.has('p0')).to.equal(false);
    expect(counts.size).to.equal(10);
    // Expected 1,000, standard deviation 22.
    for (const count of counts.values()) expect(count).to.be.within(860, 1140);
  });

  it('refuses get_peers of an unregistered peer', () => {
    expect(answer(tracker(), { action: 'get_peers', peer_id: 'A' })).to.include({ status: 'error' });
  });

  it('sends the blocks of the file, and refuses other indices', () => {
    const state = tracker(20);
    const request = { action: 'request_block_tracker', sender_id: 'A' } as const;
    expect(state.handle({ ...request, block_index: 19 }, '')).to.deep.equal({ type: 'send-block', index: 19 });
    for (const block_index of [20, -1, Number.MAX_SAFE_INTEGER]) {
      expect(answer(state, { ...request, block_index }))
        .to.include({ status: 'error', block_index })
        .and.to.have.property('reason');
    }
  });

  it('removes a peer that reports itself offline', () => {
    const state = tracker();
    register(state, 'A');
    register(state, 'B');
    expect(answer(state, { action: 'peer_offline', dead_peer_id: 'A', sender_id: 'A' })).to.deep.equal({
      status: 'success',
    });
    expect(listed(state, 'B')).to.deep.equal([]);
  });

  it('checks a peer that another one reports offline', () => {
    const state = tracker();
    register(state, 'A');
    register(state, 'B');
    const effect = state.handle({ action: 'peer_offline', dead_peer_id: 'A', sender_id: 'B' }, '');
    if (effect.type !== 'check-peer') throw new Error(effect.type);
    expect(effect.suspect).to.deep.equal({ peer_id: 'A', ip: '127.0.0.1', port: 5000 });
    expect(state.suspectChecked(effect.suspect, true)).to.include({ status: 'error' });
    expect(listed(state, 'B')).to.deep.equal(['A']);
    expect(state.suspectChecked(effect.suspect, false)).to.deep.equal({ status: 'success' });
    expect(listed(state, 'B')).to.deep.equal([]);
  });

  it('keeps a suspect that registers again during the check', () => {
    const state = tracker();
    register(state, 'A');
    register(state, 'B');
    const effect = state.handle({ action: 'peer_offline', dead_peer_id: 'A', sender_id: 'B' }, '');
    if (effect.type !== 'check-peer') throw new Error(effect.type);
    register(state, 'A');
    state.suspectChecked(effect.suspect, false);
    expect(listed(state, 'B')).to.deep.equal(['A']);
  });

  it('changes nothing when an unknown peer is reported offline', () => {
    const state = tracker();
    register(state, 'A');
    expect(answer(state, { action: 'peer_offline', dead_peer_id: 'x', sender_id: 'A' })).to.include({
      status: 'error',
    });
    expect(state.peerCount).to.equal(1);
  });

  it('agrees with a simple model for any registrations and departures, with any ids', () => {
    const peerId = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', '__proto__', 'constructor');
    const act = fc.tuple(fc.constantFrom('come', 'come', 'go'), peerId);
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const state = tracker();
        const model = new Set<string>();
        for (const [what, id] of acts) {
          if (what === 'come') {
            const peers = register(state, id)['peers'] as PeerEntry[];
            expect(peers.map((entry) => entry.peer_id).sort()).to.deep.equal(
              [...model].filter((other) => other !== id).sort(),
            );
            model.add(id);
          } else {
            answer(state, { action: 'peer_offline', dead_peer_id: id, sender_id: id });
            model.delete(id);
          }
          expect(state.peerCount).to.equal(model.size);
          for (const asker of model) {
            const peers = listed(state, asker);
            expect(peers).to.have.length(Math.min(5, model.size - 1));
            expect(new Set(peers).size).to.equal(peers.length);
            expect(peers.every((other) => other !== asker && model.has(other))).to.equal(true);
          }
        }
      }),
    );
  });
});
