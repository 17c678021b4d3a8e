import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { VirtualSwarm, type Member } from '../test-support/virtual-swarm.ts';

function swarmOf(peers: number, totalBlocks: number, options = {}, seed = 1): VirtualSwarm {
  const swarm = new VirtualSwarm(totalBlocks, 2, seededRandom(seed));
  for (let index = 0; index < peers; index++) swarm.add(`p${index}`, 0, options);
  return swarm;
}

function expectComplete(member: Member, totalBlocks: number): void {
  expect(member.end).to.include({ outcome: 'complete' });
  expect(member.core.peers.ownedCount).to.equal(totalBlocks);
  expect([...member.stored].sort((one, other) => one - other)).to.deep.equal([...Array(totalBlocks).keys()]);
}

describe('a swarm in virtual time', () => {
  it('completes, and receives each block once', () => {
    const swarm = swarmOf(3, 20);
    swarm.run();
    for (const member of swarm.members.values()) expectComplete(member, 20);
  });

  it('always completes, for any number of peers, blocks and requests in flight, and any starting times', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          totalBlocks: fc.integer({ min: 1, max: 40 }),
          window: fc.integer({ min: 1, max: 10 }),
          startsMs: fc.array(fc.nat(20_000), { minLength: 1, maxLength: 9 }),
          paceMs: fc.constantFrom(0, 0, 500),
          stay: fc.boolean(),
        }),
        ({ seed, totalBlocks, window, startsMs, paceMs, stay }) => {
          const swarm = new VirtualSwarm(totalBlocks, 2, seededRandom(seed));
          startsMs.forEach((startMs, index) =>
            swarm.add(`p${index}`, startMs, { window, paceMs, stay: stay && index === 0 }),
          );
          swarm.run(200_000);
          for (const [peerId, member] of swarm.members) {
            if (stay && peerId === 'p0') expect(member.core.state).to.equal('seeding');
            else expectComplete(member, totalBlocks);
          }
        },
      ),
    );
  });

  it('completes although peers die or become silent at any time', () => {
    const fault = fc.record({ atMs: fc.nat(3000), mute: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(), fc.array(fault, { maxLength: 4 }), (seed, faults) => {
        const swarm = swarmOf(7, 30, { window: 3, paceMs: 100 }, seed);
        faults.forEach(({ atMs, mute }, index) => {
          const member = swarm.members.get(`p${index}`) as Member;
          swarm.at(atMs, () => {
            if (mute) member.mute = true;
            else member.alive = false;
          });
        });
        swarm.run();
        for (const member of [...swarm.members.values()].slice(faults.length)) expectComplete(member, 30);
      }),
    );
  });

  it('completes without its tracker', () => {
    const swarm = swarmOf(4, 20, { paceMs: 200 });
    const seed = swarm.add('seed', 0, { stay: true });
    swarm.at(5000, () => (swarm.trackerAlive = false));
    swarm.run(600_000);
    expect(seed.core.peers.ownedCount).to.equal(20);
    for (const [peerId, member] of swarm.members) if (peerId !== 'seed') expectComplete(member, 20);
  });

  it('gives up with a reason when no block can be downloaded', () => {
    const swarm = swarmOf(1, 20, { paceMs: 1000, giveUpMs: 30_000 });
    swarm.at(5000, () => (swarm.trackerAlive = false));
    swarm.run();
    const { end } = swarm.members.get('p0') as Member;
    expect(end?.outcome).to.equal('failed');
    expect(end?.reason).to.contain('no new block for 30 s');
  });

  it('takes the paper’s time at the paper’s pace', () => {
    const swarm = swarmOf(3, 20, { paceMs: 3000, startDelayMs: 1000 });
    let completeMs = 0;
    const { core } = swarm.members.get('p1') as Member;
    while (core.state !== 'shutdown') swarm.run((completeMs += 100));
    // The two initial blocks are not inline here, so there are 20 loops instead of 18.
    expect(completeMs).to.be.within(61_000, 62_500);
  });
});
