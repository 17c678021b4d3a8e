import { expect } from 'chai';
import fc from 'fast-check';
import { entry, FakeTraffic } from './test-support/fake-traffic.ts';
import { firstFinding, steps } from './test-support/overlapping-swarm.ts';

const defects = [
  ['newest-left-out', 'tracker', ['tracker.register.lists-others', 'tracker.get-peers.all-when-few']],
  ['nobody-removed', 'tracker', ['tracker.offline.removes']],
  ['requester-listed', 'tracker', ['tracker.register.lists-others', 'tracker.get-peers.never-requester']],
  ['claims-all', 'peer', ['peer.have-blocks.truth']],
  ['denies-announced', 'peer', ['peer.have-blocks.truth']],
] as const;

const success = { status: 'success' };
const list = { action: 'get_peers', peer_id: 'peer0' };
const goodbye = { action: 'peer_offline', sender_id: 'peer1', dead_peer_id: 'peer1' };
const registration = (port: number) => ({ action: 'register', peer_id: 'peer1', listen_port: port });

describe('the rules for exchanges that overlap', () => {
  let traffic: FakeTraffic;

  beforeEach(() => {
    traffic = new FakeTraffic();
    traffic.register(0);
    traffic.register(1);
  });

  it('blame no correct program, whatever order the overlaps hide', () => {
    fc.assert(
      fc.property(steps, (all) => {
        expect(firstFinding(all)).to.equal(undefined);
      }),
      { numRuns: 500 },
    );
  });

  for (const [defect, role, clauses] of defects) {
    it(`blame the ${role} for ${defect} only`, () => {
      const found = fc.sample(steps, { numRuns: 300, seed: 13 }).flatMap((all) => firstFinding(all, defect) ?? []);
      expect(found.length).to.be.above(20);
      for (const { clause, culprit } of found) {
        expect(clauses).to.include(clause);
        expect(culprit === 'tracker').to.equal(role === 'tracker');
      }
    });
  }

  it('expect a peer that returns in the lists only after its registration is granted', () => {
    traffic.exchange(1, 'tracker', goodbye, success);
    traffic.request(1, 'tracker', registration(5001));
    expect(traffic.exchange(0, 'tracker', list, { ...success, peers: [] })).to.equal(undefined);
    traffic.register(1);
    const found = traffic.exchange(0, 'tracker', list, { ...success, peers: [] });
    expect(found).to.include({ culprit: 'tracker', clause: 'tracker.get-peers.all-when-few' });
  });

  it('expect the new port of a peer only after its registration is granted', () => {
    const old = { ...success, peers: [entry(1)] };
    traffic.request(1, 'tracker', registration(6001));
    expect(traffic.exchange(0, 'tracker', list, old)).to.equal(undefined);
    traffic.exchange(1, 'tracker', registration(6001), { ...success, initial_blocks: [], peers: [entry(0)] });
    const found = traffic.exchange(0, 'tracker', list, old);
    expect(found).to.include({ culprit: 'tracker', clause: 'tracker.register.source-address' });
  });

  it('expect no peer in the lists that has refused a connection', () => {
    traffic.refused(0, 1);
    expect(traffic.exchange(0, 'tracker', list, { ...success, peers: [] })).to.equal(undefined);
  });
});
