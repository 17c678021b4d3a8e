import { expect } from 'chai';
import type { ActionCounts, ComparedBatch, MessageBudget } from '../../../schemas/types.ts';
import { countedRounds, judgeMessages } from './message-verdict.ts';

const none = {
  register: 0,
  get_peers: 0,
  request_block: 0,
  request_block_tracker: 0,
  have_blocks_info: 0,
  announce_block: 0,
  peer_offline: 0,
  other: 0,
};
const cells = [{ peers: 3, blocks: 40 }];

/** A batch of twelve rounds; `round` gives what both sides sent in one. */
function batch(
  round: (number: number) => { base?: Partial<ActionCounts>; head?: Partial<ActionCounts> },
): ComparedBatch {
  const swarm = (counts?: Partial<ActionCounts>) => ({
    failures: [],
    ...(counts && { requests: { ...none, ...counts } }),
  });
  return {
    times: { change: 'same', rounds: 12, pSlower: 1, pFaster: 1 },
    rounds: Array.from({ length: 12 }, (_, number) => {
      const { base, head } = round(number);
      return { cells: [{ base: swarm(base), head: swarm(head) }] };
    }),
  };
}

function increased(batches: ComparedBatch[], budget: MessageBudget = []): string[] {
  const judged = judgeMessages(batches, cells, budget, 3);
  return judged.filter((entry) => entry.increased).map(({ action }) => action);
}

const scatter = [4, -3, 0, 2, -1, 5, -4, 1, 3, -2, 0, -5];
const extra = batch(() => ({ base: { announce_block: 240 }, head: { announce_block: 360 } }));

describe('judgeMessages', () => {
  it('finds one more message in every round, and gives the medians', () => {
    const one = batch(() => ({ base: { register: 3 }, head: { register: 4 } }));
    expect(increased([one])).to.deep.equal(['register']);
    expect(judgeMessages([one], cells, [], 3)[0]).to.include({ peers: 3, blocks: 40, base: 3, head: 4 });
  });

  it('finds an increase above the scatter', () => {
    const more = batch((number) => ({
      base: { request_block: 100 + (scatter[number] ?? 0) },
      head: { request_block: 120 - (scatter[number] ?? 0) },
    }));
    expect(increased([more, more])).to.deep.equal(['request_block']);
  });

  it('ignores scatter, decreases, and an increase in only one of two batches', () => {
    const noise = batch((number) => ({
      base: { request_block: 100, announce_block: 240 },
      head: { request_block: 101 + (scatter[number] ?? 0), announce_block: 200 },
    }));
    expect(increased([noise])).to.deep.equal([]);
    expect(increased([extra, noise])).to.deep.equal([]);
  });

  it('lets periodic requests grow with the allowed time', () => {
    const longer = batch(() => ({ base: { get_peers: 100, register: 100 }, head: { get_peers: 103, register: 103 } }));
    expect(increased([longer])).to.deep.equal(['register']);
    const much = batch(() => ({ base: { get_peers: 100 }, head: { get_peers: 104 } }));
    expect(increased([much])).to.deep.equal(['get_peers']);
  });

  it('obeys the budget: a percentage or any number, with the reason', () => {
    const action = 'announce_block';
    expect(increased([extra], [{ action, increasePercent: 50, reason: 'r' }])).to.deep.equal([]);
    expect(increased([extra], [{ action, increasePercent: 49, reason: 'r' }])).to.deep.equal([action]);
    expect(increased([extra], [{ action, reason: 'r' }])).to.deep.equal([]);
    // 1.15 has no exact binary representation.
    const byFifteen = batch(() => ({ base: { other: 100 }, head: { other: 115 } }));
    expect(increased([byFifteen], [{ action: 'other', increasePercent: 15, reason: 'r' }])).to.deep.equal([]);
    const judged = judgeMessages([extra], cells, [{ action, reason: 'Ticket 3.' }], 3);
    expect(judged.find((entry) => entry.action === action)).to.include({ reason: 'Ticket 3.', head: 360 });
  });

  it('treats an unknown number as unknown, not as 0', () => {
    const unknown = batch((number) =>
      number < 5 ? { head: { register: 4 } } : { base: { register: 3 }, head: { register: 4 } },
    );
    expect(countedRounds(unknown)).to.equal(7);
    expect(increased([unknown])).to.deep.equal([]);
    expect(judgeMessages([batch(() => ({}))], cells, [], 3)).to.deep.equal([]);
  });
});
