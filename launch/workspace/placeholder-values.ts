import { asSeconds } from '../manifest/placeholders.ts';
import type { PlaceholderValues } from '../manifest/placeholders.ts';
import { reportIntervals } from '../manifest/timing.ts';
import type { Intervals } from '../manifest/timing.ts';

/** A peer that shares its process with others. */
export interface PackMember {
  readonly peerId: string;
  readonly port: number;
}

/** What a program is told when it is started. */
export interface ProgramSettings {
  /** The number of blocks, N. */
  readonly blocks: number;
  /** The tracker's file: put where the manifest says, or under a name of the harness's. */
  readonly file?: Uint8Array;
  /** How many blocks the tracker designates to each peer; default 2. */
  readonly initialBlocks?: number;
  readonly peerId?: string;
  /** The peers that one process plays, by the command `peer.pack`; instead of `peerId` and `port`. */
  readonly pack?: readonly [PackMember, ...PackMember[]];
  /** Where a peer finds its tracker. */
  readonly tracker?: { readonly host: string; readonly port: number };
  /** The intervals that are not given are the report's; a start that is not given is at once. */
  readonly intervals?: Partial<Intervals>;
  /** How many block requests a peer may have in flight; default 1, as in the report. */
  readonly window?: number;
  /** The port to listen on; default: leased from the run. */
  readonly port?: number;
}

/** Where a program lives: its address and its files, as absolute paths. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly workspace: string;
}

/** The values of all placeholders but `file`, `output` and `pack`, whose paths may themselves hold some. */
export function valuesOf(settings: ProgramSettings, { host, port, workspace }: Place): PlaceholderValues {
  const { startMs = 0, unchokeMs, infoMs, peersMs, paceMs } = { ...reportIntervals, ...settings.intervals };
  const tracker = settings.tracker ?? { host, port };
  return new Map([
    ['host', host],
    ['port', String(port)],
    ['tracker_host', tracker.host],
    ['tracker_port', String(tracker.port)],
    ['peer_id', settings.peerId ?? ''],
    ['blocks', String(settings.blocks)],
    ['initial_blocks', String(settings.initialBlocks ?? 2)],
    ['window', String(settings.window ?? 1)],
    ['workspace', workspace],
    ...Object.entries({ start: startMs, unchoke: unchokeMs, info: infoMs, peers: peersMs, pace: paceMs }).flatMap(
      ([name, ms]): [string, string][] => [
        [`${name}_ms`, String(ms)],
        [`${name}_s`, asSeconds(ms)],
      ],
    ),
  ]);
}
