import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { errorMessage } from '../../launch/error-message.ts';
import { isOutputKnown } from '../../launch/manifest/passed-placeholders.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { BenchmarkCell, BenchmarkResult } from '../../schemas/types.ts';
import { checkCapacity } from '../swarm/capacity.ts';
import { runGrid, type GridProgress, type MeasuredGrid } from './grid.ts';
import { implementationFacts } from './implementation-facts.ts';
import { MachineWatch } from '../measurement/machine-watch.ts';
import { fullSpeed, fullSpeedFor, paperPace, paperStartGapMs } from './pace.ts';
import type { MeasuredRun } from '../measurement/measured-run.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { SharedFile } from '../swarm/shared-file.ts';

/** What to measure. */
export interface BenchmarkOptions {
  readonly profile: BenchmarkResult['options']['profile'];
  readonly peers: readonly number[];
  readonly blocks: readonly number[];
  /** Samples per cell and pass. */
  readonly repeat: number;
  readonly file: SharedFile;
  /** Requests in flight per peer, where the implementation has an option for it. */
  readonly window: number;
  readonly passes: readonly MeasuredRun['name'][];
  /** Shapes every connection of the counting pass: its times are those of the links then. */
  readonly links?: LinkShape;
  /** Default 1. More are for timing passes only, and for implementations whose manifest says how. */
  readonly peersPerProcess?: number;
  readonly seed: number;
}

/**
 * Measures an implementation and gives the result with every raw sample.
 * @param interrupt ends it early; its reason, if a string, is noted as the signal's name
 * @throws UsageError if the implementation cannot run these options
 */
export async function benchmark(
  session: Session,
  implementation: Implementation,
  options: BenchmarkOptions,
  interrupt: AbortSignal,
  onProgress: (progress: GridProgress) => void,
): Promise<BenchmarkResult> {
  const { profile, peers, blocks, repeat, window, file, passes, links, peersPerProcess = 1, seed } = options;
  const { tracker, peer } = await rolesOf(implementation);
  checkFile(file, [tracker, peer]);
  const swarms = passes.flatMap((pass) => peers.map((number) => ({ peers: number, peersPerProcess, pass })));
  if (profile === 'report') checkCapacity(blocks.flatMap(() => swarms));
  else for (const swarm of swarms) checkCapacity([swarm]);
  if (peersPerProcess > 1) checkPacking(peer, passes);
  const facts = await implementationFacts(implementation);
  const harness = harnessFacts(seed);
  const machine = new MachineWatch();
  const grid = { tracker, peer, peers, blocks, repeat, file, window, passes, peersPerProcess, ...(links && { links }) };
  const atReportPace =
    profile === 'report'
      ? await runGrid(
          session,
          { ...grid, intervalsOf: () => paperPace, startGapMs: paperStartGapMs, sideBySide: true },
          interrupt,
          onProgress,
        )
      : undefined;
  const playFullSpeed = () =>
    runGrid(session, { ...grid, intervalsOf: fullSpeedFor, sideBySide: false }, interrupt, onProgress);
  // What the first grid has measured is not lost where the second cannot even begin.
  const atFullSpeed: MeasuredGrid = !atReportPace
    ? await playFullSpeed()
    : atReportPace.brokenOff !== undefined
      ? { cells: [] }
      : await playFullSpeed().catch((error: unknown) => ({ cells: [], brokenOff: errorMessage(error) }));
  const [{ cells }, intervals] = atReportPace ? [atReportPace, paperPace] : [atFullSpeed, fullSpeed];
  const brokenOff = atReportPace?.brokenOff ?? atFullSpeed.brokenOff;
  const isWhole =
    brokenOff === undefined &&
    isComplete([...atFullSpeed.cells, ...(atReportPace?.cells ?? [])], repeat * passes.length);
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
    ...(atReportPace && { fullSpeedCells: atFullSpeed.cells }),
  };
}

/** A role that the implementation lacks is played by the reference. */
export async function rolesOf(
  implementation: Implementation,
): Promise<{ tracker: Implementation; peer: Implementation }> {
  const { manifest, path } = implementation;
  if (manifest.peer && !isOutputKnown(manifest)) {
    throw new UsageError(
      `${path}: peer.output is missing: say where the peer leaves its file, so that it can be checked.`,
    );
  }
  const reference = manifest.tracker && manifest.peer ? implementation : await loadImplementation();
  return { tracker: manifest.tracker ? implementation : reference, peer: manifest.peer ? implementation : reference };
}

export function checkFile(file: SharedFile, implementations: readonly Implementation[]): void {
  if (file.isText) return;
  for (const { path, manifest } of implementations) {
    if (manifest.extensions?.includes('encoding')) continue;
    throw new UsageError(
      `${file.name} is binary, and ${manifest.name} shares text only: its manifest (${path}) does not list the extension "encoding". Give a UTF-8 text with --file, or let --size make one.`,
    );
  }
}

/** @throws UsageError */
function checkPacking({ path, manifest }: Implementation, passes: BenchmarkOptions['passes']): void {
  if (passes.includes('counting')) {
    throw new UsageError('--peers-per-process: peers of one process cannot be counted one by one; add --pass timing.');
  }
  if (manifest.peer?.pack) return;
  throw new UsageError(
    `--peers-per-process: ${path} has no peer.pack, which would say how to start many peers in one process.`,
  );
}

function isComplete(cells: readonly BenchmarkCell[], samplesPerCell: number): boolean {
  return cells.every(
    ({ samples }) =>
      samples.length === samplesPerCell &&
      samples.every(({ peers }) => peers.every(({ outcome }) => outcome === 'complete')),
  );
}
