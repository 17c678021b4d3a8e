import pLimit, { type LimitFunction } from 'p-limit';

/** Something that judges cases, and how many of them side by side at most. */
export interface Share<Result> {
  readonly most: number;
  readonly work: (limit: LimitFunction) => Promise<Result>;
}

/**
 * Works on several implementations at a time. Each has an equal share of the cases that may run side by side, so that one
 * that hangs holds up only its own; the share of one that is done goes to the others.
 * @param jobs how many cases run side by side in all; as many implementations at most are worked on at a time
 */
export async function sideBySide<Result>(shares: readonly Share<Result>[], jobs: number): Promise<Result[]> {
  const limits = new Map<LimitFunction, number>();
  const divide = (): void => {
    [...limits].forEach(([limit, most], at) => {
      const share = Math.floor(jobs / limits.size) + (at < jobs % limits.size ? 1 : 0);
      limit.concurrency = Math.max(1, Math.min(share, most));
    });
  };
  const atATime = pLimit(jobs);
  return Promise.all(
    shares.map(({ most, work }) =>
      atATime(async () => {
        const limit = pLimit(1);
        limits.set(limit, most);
        divide();
        try {
          return await work(limit);
        } finally {
          limits.delete(limit);
          divide();
        }
      }),
    ),
  );
}
