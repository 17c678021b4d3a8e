import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { UsageError } from '../../launch/usage-error.ts';
import type { ComparedTask } from '../../schemas/types.ts';
import { judgeTasks, type MicroRound, type TaskTime } from './gate/micro-verdict.ts';
import { needsConfirmation } from './gate/time-verdict.ts';
import type { Sides } from './side.ts';

const script = 'bench/micro/index.ts';
/** For one process, which takes some seconds on an idle machine. */
const deadlineMs = 120_000;
const start = promisify(execFile);

/** The folders of two checkouts. */
export interface Checkouts {
  readonly base: string;
  readonly head: string;
}

/** The checkouts of two builds. @throws UsageError if one is outside a checkout, or dependencies are not installed */
export async function findCheckouts({ base, head }: Sides): Promise<Checkouts> {
  return { base: await findCheckout(base.peer.folder), head: await findCheckout(head.peer.folder) };
}

async function findCheckout(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, script))) {
      if (await exists(join(at, 'node_modules'))) return at;
      throw new UsageError(`--micro: ${at} has no node_modules. Give a checkout in which npm ci was run, not git:….`);
    }
    if (at === dirname(at)) {
      throw new UsageError(`--micro needs a checkout of this harness: ${script} does not exist in or above ${folder}.`);
    }
  }
}

/**
 * Measures the micro-benchmarks of both checkouts in turns, each time in a new process, after a warm-up round. A second
 * batch is run if the first shows a change. After an interrupt, it judges the rounds so far.
 * @throws Error if a process failed, or the checkouts have no task in common
 */
export async function compareMicro(
  checkouts: Checkouts,
  { rounds, seed }: { rounds: number; seed: number },
  interrupt: AbortSignal,
  onRound: (batch: number, round: number) => void,
): Promise<ComparedTask[]> {
  const coin = xoroshiro128plus(seed * 2);
  const runBatch = async (number: number): Promise<MicroRound[]> => {
    const batch: MicroRound[] = [];
    for (let round = 0; round <= rounds; round++) {
      const baseFirst = uniformInt(coin, 0, 1) === 0;
      const [one, other] = baseFirst ? [checkouts.base, checkouts.head] : [checkouts.head, checkouts.base];
      const first = await measureIn(one, interrupt);
      const second = first && (await measureIn(other, interrupt));
      if (!first || !second) break;
      if (round > 0) batch.push(baseFirst ? { base: first, head: second } : { base: second, head: first });
      onRound(number, round);
    }
    return batch;
  };
  const first = await runBatch(1);
  const tasks = judgeTasks([first]);
  if (tasks.length === 0 && !interrupt.aborted) {
    throw new Error('The checkouts have no micro-benchmark in common.');
  }
  if (interrupt.aborted) return tasks;
  return tasks.some(({ change }) => needsConfirmation(change)) ? judgeTasks([first, await runBatch(2)]) : tasks;
}

/** Undefined after an interrupt. */
async function measureIn(checkout: string, interrupt: AbortSignal): Promise<TaskTime[] | undefined> {
  const args = ['--import', 'tsx', script, '--json'];
  const options = { cwd: checkout, timeout: deadlineMs, signal: interrupt };
  const { stdout } = await start(process.execPath, args, options).catch((error: unknown) => {
    // Results with warnings come with exit code 1.
    const { stdout: results, stderr = '' } = error as { stdout?: string; stderr?: string };
    if (results?.startsWith('[')) return { stdout: results };
    if (interrupt.aborted) return { stdout: undefined };
    throw new Error(`The micro-benchmarks of ${checkout} failed: ${stderr.trim() || String(error)}`);
  });
  return stdout === undefined ? undefined : (JSON.parse(stdout) as TaskTime[]);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
