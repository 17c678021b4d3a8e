import pLimit from 'p-limit';
import { makeBinaryFile, makeTextFile } from '../../bench/swarm/shared-file.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { isOutputKnown } from '../../launch/manifest/passed-placeholders.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';
import { planSwarms } from './plan-swarms.ts';
import { interopIntervals, runObservedSwarm } from './run-observed-swarm.ts';

export interface InteropOptions {
  readonly blocks: number;
  readonly sizeBytes: number;
  readonly seed: number;
  /** How many swarms run side by side. */
  readonly jobs: number;
}

/** Reported after each swarm. */
export interface InteropProgress {
  readonly done: number;
  readonly total: number;
  readonly swarm: InteropSwarm;
}

/**
 * Tests each implementation with each, in mixed swarms under observation.
 * @param interrupt ends it early; its reason, if a string, is noted as the signal's name
 * @throws UsageError if the implementations cannot be tested with each other
 */
export async function interop(
  session: Session,
  implementations: readonly Implementation[],
  { blocks, sizeBytes, seed, jobs }: InteropOptions,
  interrupt: AbortSignal,
  onProgress: (progress: InteropProgress) => void = () => undefined,
): Promise<InteropResult> {
  checkRoles(implementations);
  const harness = harnessFacts(seed);
  const files = { text: makeTextFile(sizeBytes, seed), binary: makeBinaryFile(sizeBytes, seed) };
  const planned = planSwarms(implementations);
  const swarms = new Map<number, InteropSwarm>();
  const limit = pLimit(jobs);
  await Promise.all(
    planned.map((plan, number) =>
      limit(async () => {
        if (interrupt.aborted) return;
        const swarm = await runObservedSwarm({ session, implementations, files, blocks, interrupt }, plan);
        swarms.set(number, swarm);
        onProgress({ done: swarms.size, total: planned.length, swarm });
      }),
    ),
  );
  const ran = [...planned.keys()].flatMap((number) => swarms.get(number) ?? []);
  const failed = ran.some(({ state }) => state === 'failed');
  return {
    format: 'minibit-interop-1',
    verdict: failed ? 'failures' : interrupt.aborted ? 'incomplete' : 'all-complete',
    ...(interrupt.aborted && { interruptedBy: String(interrupt.reason) }),
    harness,
    options: { blocks, jobs, intervals: interopIntervals },
    implementations: implementations.map(({ path, manifest: { name, language, version } }) => ({
      name,
      ...(language !== undefined && { language }),
      ...(version !== undefined && { version }),
      manifest: path,
    })),
    swarms: ran,
  };
}

/** @throws UsageError */
function checkRoles(implementations: readonly Implementation[]): void {
  for (const { path, manifest } of implementations) {
    if (!manifest.peer || isOutputKnown(manifest)) continue;
    throw new UsageError(
      `${path}: peer.output is missing: give the path where the peer leaves its file, so that it can be checked.`,
    );
  }
  for (const role of ['tracker', 'peer'] as const) {
    if (implementations.some(({ manifest }) => manifest[role])) continue;
    throw new UsageError(`None of the manifests has a ${role}: add one that has, such as that of the reference.`);
  }
}
