import type { BenchmarkResult } from '../../../schemas/types.ts';
import { largeSwarmSentences } from '../../bench/large-swarms.ts';
import { plural, size } from '../../figures.ts';

/** What was measured, and with which settings, in sentences. */
export function settingsText(result: BenchmarkResult): string {
  const { options, timing, roles } = result;
  const { file, window, links } = options;
  return [
    `${size(file.sizeBytes)} shared (${file.name}; about 11 KB in the paper), ${plural(window, 'request')} in flight.`,
    `Peers decide whom to unchoke every ${timing.unchokeMs} ms and wait ${timing.blockMs} ms between blocks; the paper’s peers waited 3 s.`,
    '“Tempo” is the time from the start of a peer’s process to its complete, verified file; “until all peers were complete” is the time from the first request to the last verified file.',
    'Counting runs go through a relay that counts the messages between all programs; times are from timing runs, without the relay, unless noted.',
    ...(links === undefined ? [] : [linksText(links)]),
    ...largeSwarmSentences(result),
    ...(roles.tracker === roles.peer ? [] : [`Tracker: ${roles.tracker}; peers: ${roles.peer}.`]),
  ].join(' ');
}

function linksText({ latencyMs, bytesPerSecond }: NonNullable<BenchmarkResult['options']['links']>): string {
  const parts = [
    ...(latencyMs === undefined ? [] : [`delays each byte by ${latencyMs} ms`]),
    ...(bytesPerSecond === undefined ? [] : [`limits each direction to ${size(bytesPerSecond)} per second`]),
  ];
  return `The relay ${parts.join(' and ')} on every connection.`;
}

/** The measured build, as a line. */
export function versionText({ implementation }: BenchmarkResult): string {
  const { name, version, runtime, git } = implementation;
  const parts = [
    `${name}${version === undefined ? '' : ` ${version}`}`,
    ...(runtime === undefined ? [] : [runtime]),
    ...(git === undefined ? [] : [`commit ${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`]),
  ];
  return `${parts.join(' · ')}.`;
}
