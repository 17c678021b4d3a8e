import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { VirtualSwarm, type Traffic } from '../test-support/virtual-swarm.ts';

const UNCHOKE_MS = 10_000;

/** What a peer has been told, from the traffic alone. */
class Ledger {
  readonly #answered: readonly Traffic[];
  /** What arrives at the very instant may come just before or just after: each rule gives the peer the benefit. */
  readonly #received: readonly Traffic[];
  readonly #receivedJustNow: readonly Traffic[];

  constructor(traffic: readonly Traffic[], peerId: string, atMs: number) {
    this.#answered = traffic.filter(({ from, answeredAtMs }) => from === peerId && answeredAtMs <= atMs);
    this.#received = traffic.filter((each) => each.to === peerId && each.arrivesAtMs < atMs);
    this.#receivedJustNow = traffic.filter((each) => each.to === peerId && each.arrivesAtMs === atMs);
  }

  get initialBlocks(): number[] {
    return this.#answered.flatMap(({ response }) => (response?.['initial_blocks'] as number[] | undefined) ?? []);
  }

  get knownPeers(): Set<string> {
    const lists = this.#answered.map(
      ({ response }) => (response?.['peers'] as { peer_id: string }[] | undefined) ?? [],
    );
    return new Set(lists.flat().map(({ peer_id }) => peer_id));
  }

  /** Those that the peer must know to have the block. */
  holders(block: number): string[] {
    return this.#holders(block, this.#received);
  }

  /** Those that the peer may know to have the block. */
  possibleHolders(block: number): string[] {
    return this.#holders(block, [...this.#received, ...this.#receivedJustNow]);
  }

  /** Known peers that have told by have_blocks_info, or announced when they were known, that they have the block. */
  #holders(block: number, received: readonly Traffic[]): string[] {
    const told = this.#answered.filter(({ response }) => (response?.['blocks_info'] as boolean[] | undefined)?.[block]);
    const announced = received.filter(
      ({ request }) => request.action === 'announce_block' && request.block_index === block,
    );
    const holders = new Set([...told.map(({ to }) => to), ...announced.map(({ from }) => from)]);
    return [...holders].filter((holder) => holder !== undefined && this.knownPeers.has(holder)) as string[];
  }

  /** Whether the peer has refused the block since, or has not answered at all since. */
  refused(holder: string, block: number, sinceMs: number): boolean {
    return this.#answered.some(
      ({ to, request, response, answeredAtMs }) =>
        to === holder &&
        answeredAtMs >= sinceMs &&
        request.action === 'request_block' &&
        request.block_index === block &&
        response?.['status'] === 'error',
    );
  }
}

function runSwarm(seed: number, window: number, startsMs: readonly number[], totalBlocks = 20): VirtualSwarm {
  const swarm = new VirtualSwarm(totalBlocks, 2, seededRandom(seed));
  startsMs.forEach((startMs, index) =>
    swarm.add(`p${index}`, startMs, { window, unchokeMs: UNCHOKE_MS, paceMs: 700, stay: true }),
  );
  swarm.run(100_000);
  return swarm;
}

const swarms = fc.tuple(
  fc.nat(),
  fc.integer({ min: 1, max: 6 }),
  fc.array(fc.nat(8000), { minLength: 2, maxLength: 9 }),
);

describe('the rules, seen on the pretend wire', () => {
  it('goes to the tracker only for initial blocks, blocks that nobody has, and blocks that every holder refused', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { traffic } = runSwarm(seed, window, startsMs);
        for (const { from, atMs, request } of traffic) {
          if (request.action !== 'request_block_tracker') continue;
          const ledger = new Ledger(traffic, from, atMs);
          if (ledger.initialBlocks.includes(request.block_index)) continue;
          const asked = ledger
            .holders(request.block_index)
            .filter((holder) => !ledger.refused(holder, request.block_index, atMs - UNCHOKE_MS));
          expect(asked, `${from} at ${atMs} for ${request.block_index}`).to.deep.equal([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('asks a peer only for what it has', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { traffic } = runSwarm(seed, window, startsMs);
        for (const { from, to, atMs, request } of traffic) {
          if (request.action !== 'request_block') continue;
          expect(new Ledger(traffic, from, atMs).possibleHolders(request.block_index)).to.include(to);
        }
      }),
      // The example: an announcement that arrives in the millisecond in which its block is asked for.
      { numRuns: 20, examples: [[[2147483645, 3, [0, 1767, 1584, 2575, 76, 2840, 1106]]]] },
    );
  });

  it('serves at most five peers in an interval', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { traffic, members } = runSwarm(seed, window, startsMs);
        for (const peerId of members.keys()) {
          const registeredMs = traffic.find((each) => each.from === peerId)?.answeredAtMs ?? 0;
          const served = new Map<number, Set<string>>();
          for (const { from, to, request, response, arrivesAtMs } of traffic) {
            if (to !== peerId || request.action !== 'request_block' || response?.['status'] !== 'success') continue;
            const interval = Math.floor((arrivesAtMs - registeredMs) / UNCHOKE_MS);
            served.set(interval, (served.get(interval) ?? new Set()).add(from));
          }
          for (const peers of served.values()) expect(peers.size).to.be.at.most(5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('announces each block once to every known peer', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { traffic, members } = runSwarm(seed, window, startsMs);
        for (const peerId of members.keys()) {
          const announced = traffic.filter(
            ({ from, request }) => from === peerId && request.action === 'announce_block',
          );
          const distinct = new Set(
            announced.map(({ to, request }) => `${to} ${'block_index' in request ? request.block_index : ''}`),
          );
          expect(distinct.size).to.equal(announced.length);
        }
        const all = traffic.filter(({ request }) => request.action === 'announce_block');
        if (startsMs.every((startMs) => startMs === startsMs[0])) return;
        expect(all.length).to.be.at.most(20 * members.size * (members.size - 1));
      }),
      { numRuns: 20 },
    );
  });
});
