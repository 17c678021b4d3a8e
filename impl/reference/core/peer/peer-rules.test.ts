import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { VirtualSwarm, type SentRequest } from '../test-support/virtual-swarm.ts';

const unchokeMs = 10_000;

/** What a peer knows at a given time, derived from the requests on the network. */
class Knowledge {
  readonly #answered: readonly SentRequest[];
  /** What arrives at this very time may count or not: each rule gives the peer the benefit of the doubt. */
  readonly #received: readonly SentRequest[];
  readonly #receivedJustNow: readonly SentRequest[];

  constructor(requests: readonly SentRequest[], peerId: string, atMs: number) {
    this.#answered = requests.filter(({ from, answeredAtMs }) => from === peerId && answeredAtMs <= atMs);
    this.#received = requests.filter((each) => each.to === peerId && each.arrivesAtMs < atMs);
    this.#receivedJustNow = requests.filter((each) => each.to === peerId && each.arrivesAtMs === atMs);
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

  /** Peers that the peer must count as holders. */
  holders(block: number): string[] {
    return this.#holders(block, this.#received);
  }

  /** Peers that the peer may count as holders. */
  possibleHolders(block: number): string[] {
    return this.#holders(block, [...this.#received, ...this.#receivedJustNow]);
  }

  /** Known peers that have the block by their have_blocks_info or announce_block. */
  #holders(block: number, received: readonly SentRequest[]): string[] {
    const informed = this.#answered.filter(
      ({ response }) => (response?.['blocks_info'] as boolean[] | undefined)?.[block],
    );
    const announced = received.filter(
      ({ request }) => request.action === 'announce_block' && request.block_index === block,
    );
    const holders = new Set([...informed.map(({ to }) => to), ...announced.map(({ from }) => from)]);
    return [...holders].filter((holder) => holder !== undefined && this.knownPeers.has(holder)) as string[];
  }

  /** Whether the holder has refused the block since then. */
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
  startsMs.forEach((startMs, index) => swarm.add(`p${index}`, startMs, { window, unchokeMs, paceMs: 700, stay: true }));
  swarm.run(100_000);
  return swarm;
}

const swarms = fc.tuple(
  fc.nat(),
  fc.integer({ min: 1, max: 6 }),
  fc.array(fc.nat(8000), { minLength: 2, maxLength: 9 }),
);

describe('the rules, checked on the simulated network', () => {
  it('requests only initial blocks, blocks that nobody has, and blocks that every holder refused from the tracker', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { requests } = runSwarm(seed, window, startsMs);
        for (const { from, atMs, request } of requests) {
          if (request.action !== 'request_block_tracker') continue;
          const knowledge = new Knowledge(requests, from, atMs);
          if (knowledge.initialBlocks.includes(request.block_index)) continue;
          const notRefused = knowledge
            .holders(request.block_index)
            .filter((holder) => !knowledge.refused(holder, request.block_index, atMs - unchokeMs));
          expect(notRefused, `${from} at ${atMs} for ${request.block_index}`).to.deep.equal([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('requests a block only from its holders', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { requests } = runSwarm(seed, window, startsMs);
        for (const { from, to, atMs, request } of requests) {
          if (request.action !== 'request_block') continue;
          expect(new Knowledge(requests, from, atMs).possibleHolders(request.block_index)).to.include(to);
        }
      }),
      // The example: an announcement arrives in the millisecond in which its block is requested.
      { numRuns: 20, examples: [[[2147483645, 3, [0, 1767, 1584, 2575, 76, 2840, 1106]]]] },
    );
  });

  it('serves at most five peers in an interval', () => {
    fc.assert(
      fc.property(swarms, ([seed, window, startsMs]) => {
        const { requests, members } = runSwarm(seed, window, startsMs);
        for (const peerId of members.keys()) {
          const registeredMs = requests.find((each) => each.from === peerId)?.answeredAtMs ?? 0;
          const served = new Map<number, Set<string>>();
          for (const { from, to, request, response, arrivesAtMs } of requests) {
            if (to !== peerId || request.action !== 'request_block' || response?.['status'] !== 'success') continue;
            const interval = Math.floor((arrivesAtMs - registeredMs) / unchokeMs);
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
        const { requests, members } = runSwarm(seed, window, startsMs);
        for (const peerId of members.keys()) {
          const announced = requests.filter(
            ({ from, request }) => from === peerId && request.action === 'announce_block',
          );
          const distinct = new Set(
            announced.map(({ to, request }) => `${to} ${'block_index' in request ? request.block_index : ''}`),
          );
          expect(distinct.size).to.equal(announced.length);
        }
        const all = requests.filter(({ request }) => request.action === 'announce_block');
        if (startsMs.every((startMs) => startMs === startsMs[0])) return;
        expect(all.length).to.be.at.most(20 * members.size * (members.size - 1));
      }),
      { numRuns: 20 },
    );
  });
});
