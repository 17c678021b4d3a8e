import pLimit, { type LimitFunction } from 'p-limit';

/** The cases of one implementation. */
export interface Workload<Result> {
  /** How many of them may run side by side. */
  readonly maxJobs: number;
  /**
   * Runs them within a limit, whose concurrency changes meanwhile.
   * @param setMaxJobs replaces `maxJobs`, once more is known
   */
  readonly run: (limit: LimitFunction, setMaxJobs: (maxJobs: number) => void) => Promise<Result>;
}

/**
 * Runs the workloads of several implementations at a time. They divide the jobs equally, so that one that hangs holds up
 * only itself; the jobs of one that is done go to the others.
 * @param jobs how many cases run side by side in all, and how many workloads at most
 */
export async function sideBySide<Result>(workloads: readonly Workload<Result>[], jobs: number): Promise<Result[]> {
  const limits = new Map<LimitFunction, number>();
  const divideJobs = (): void => {
    [...limits].forEach(([limit, maxJobs], at) => {
      const equalPart = Math.floor(jobs / limits.size) + (at < jobs % limits.size ? 1 : 0);
      limit.concurrency = Math.max(1, Math.min(equalPart, maxJobs));
    });
  };
  const workloadLimit = pLimit(jobs);
  return Promise.all(
    workloads.map(({ maxJobs, run }) =>
      workloadLimit(async () => {
        const limit = pLimit(1);
        limits.set(limit, maxJobs);
        divideJobs();
        try {
          return await run(limit, (changed) => {
            limits.set(limit, changed);
            divideJobs();
          });
        } finally {
          limits.delete(limit);
          divideJobs();
        }
      }),
    ),
  );
}
