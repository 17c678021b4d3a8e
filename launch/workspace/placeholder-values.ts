import { asSeconds } from '../manifest/placeholders.ts';
import type { PlaceholderValues } from '../manifest/placeholders.ts';
import { paperIntervals } from '../manifest/timing.ts';
import type { ProgramLocation, ProgramSettings } from './program-settings.ts';

/** The values of all placeholders except `file`, `output` and `pack`, whose paths may contain placeholders themselves. */
export function placeholderValues(
  settings: ProgramSettings,
  { host, port, workspace }: ProgramLocation,
): PlaceholderValues {
  const { startMs = 0, unchokeMs, infoMs, peersMs, paceMs } = { ...paperIntervals, ...settings.intervals };
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
