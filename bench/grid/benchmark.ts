import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { errorMessage } from '../../launch/error-message.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { BenchmarkCell, BenchmarkResult } from '../../schemas/types.ts';
import { checkCapacity } from '../swarm/capacity.ts';
import { checkFile, checkPacking } from './check-options.ts';
import { runGrid, type GridProgress, type MeasuredGrid } from './grid.ts';
import { implementationFacts } from './implementation-facts.ts';
import { MachineWatch } from '../measurement/machine-watch.ts';
import { fullSpeed, fullSpeedFor, paperPace, paperStartGapMs } from './pace.ts';
import { rolesOf } from './roles.ts';
import type { RunKind } from '../measurement/measured-run.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { SharedFile } from '../swarm/shared-file.ts';

/** What to measure. */
export interface BenchmarkOptions {
  readonly profile: BenchmarkResult['options']['profile'];
  readonly peers: readonly number[];
  readonly blocks: readonly number[];
  /** Samples per cell and kind of run. */
  readonly repeat: number;
  readonly file: SharedFile;
  /** Requests in flight per peer, if the implementation has an option for it. */
  readonly window: number;
  readonly runKinds: readonly RunKind[];
  /** Shapes every connection of the counting runs, which determines their times. */
  readonly links?: LinkShape;
  /** Default 1. More only in timing runs, and with an implementation whose manifest has `peer.pack`. */
  readonly peersPerProcess?: number;
  readonly seed: number;
}

/**
 * Measures an implementation. The result has every raw sample.
 * @param interrupt ends it early; its reason is the signal's name
 * @throws UsageError if the implementation cannot run these options
 */
export async function benchmark(
  session: Session,
  implementation: Implementation,
  options: BenchmarkOptions,
  interrupt: AbortSignal,
  onProgress: (progress: GridProgress) => void,
): Promise<BenchmarkResult> {
  const { profile, peers, blocks, repeat, window, file, runKinds, links, peersPerProcess = 1, seed } = options;
  const { tracker, peer } = await rolesOf(implementation);
  checkFile(file, [tracker, peer]);
  const swarms = runKinds.flatMap((runKind) => peers.map((number) => ({ peers: number, peersPerProcess, runKind })));
  if (profile === 'report') checkCapacity(blocks.flatMap(() => swarms));
  else for (const swarm of swarms) checkCapacity([swarm]);
  if (peersPerProcess > 1) checkPacking(peer, runKinds);
  const facts = await implementationFacts(implementation);
  const harness = harnessFacts(seed);
  const machine = new MachineWatch();
  const grid = {
    tracker,
    peer,
    peers,
    blocks,
    repeat,
    file,
    window,
    runKinds,
    peersPerProcess,
    ...(links && { links }),
  };
  const atPaperPace =
    profile === 'report'
      ? await runGrid(
          session,
          { ...grid, intervalsOf: () => paperPace, startGapMs: paperStartGapMs, sideBySide: true },
          interrupt,
          onProgress,
        )
      : undefined;
  const runFullSpeed = () =>
    runGrid(session, { ...grid, intervalsOf: fullSpeedFor, sideBySide: false }, interrupt, onProgress);
  // Keep what the first grid has measured even if the second cannot begin.
  const atFullSpeed: MeasuredGrid = !atPaperPace
    ? await runFullSpeed()
    : atPaperPace.brokenOff !== undefined
      ? { cells: [] }
      : await runFullSpeed().catch((error: unknown) => ({ cells: [], brokenOff: errorMessage(error) }));
  const [{ cells }, intervals] = atPaperPace ? [atPaperPace, paperPace] : [atFullSpeed, fullSpeed];
  const brokenOff = atPaperPace?.brokenOff ?? atFullSpeed.brokenOff;
  const isWhole =
    brokenOff === undefined &&
    isComplete([...atFullSpeed.cells, ...(atPaperPace?.cells ?? [])], repeat * runKinds.length);
  return {
    format: 'minibit-benchmark-2',
    verdict: isWhole ? 'complete' : 'incomplete',
    ...(interrupt.aborted && { interruptedBy: String(interrupt.reason) }),
    ...(brokenOff !== undefined && !interrupt.aborted && { brokenOff }),
    implementation: facts,
    roles: { tracker: tracker.manifest.name, peer: peer.manifest.name },
    harness,
    machineDuring: machine.soFar(),
    options: {
      profile,
      peers: [...peers],
      blocks: [...blocks],
      repeat,
      window,
      intervals,
      ...(links && { links: { ...links } }),
      file: { name: file.name, sizeBytes: file.bytes.length, sha256: file.sha256 },
    },
    timing: actualTiming(peer, intervals),
    cells,
    ...(atPaperPace && { fullSpeedCells: atFullSpeed.cells }),
  };
}

function isComplete(cells: readonly BenchmarkCell[], samplesPerCell: number): boolean {
  return cells.every(
    ({ samples }) =>
      samples.length === samplesPerCell &&
      samples.every(({ peers }) => peers.every(({ outcome }) => outcome === 'complete')),
  );
}
