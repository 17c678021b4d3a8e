import type { BenchmarkResult, ConformanceResult } from '../../schemas/types.ts';
import { conformanceMatrix } from '../conformance/matrix.ts';
import { labels } from '../results/labels.ts';

type Field = string | number | undefined;

/** A line per implementation with its verdict, and a column per clause with its worst case. */
export function conformanceCsv(results: readonly ConformanceResult[]): string {
  const rows = conformanceMatrix(results);
  const names = labels(results);
  const verdicts = ['pass', 'fail', 'warn', 'info', 'not-applicable', 'error'] as const;
  const head = ['implementation', 'manifest', 'verdict', ...verdicts, ...rows.map(({ clause }) => clause)];
  const lines = results.map(({ implementation, verdict, summary }, at) => [
    names[at],
    implementation.manifest,
    verdict,
    ...verdicts.map((name) => summary[name]),
    ...rows.map(({ cells }) => cells[at]?.state),
  ]);
  return csv([head, ...lines]);
}

const traffic = [
  'bytesSent',
  'bytesReceived',
  'connectionsOpened',
  'blocksReceivedTwice',
  'blocksFromTracker',
  'requestsRefused',
] as const;

/** A line per peer of every sample; times in milliseconds. What was not measured is empty. */
export function benchmarkCsv(results: readonly BenchmarkResult[]): string {
  const names = labels(results);
  const times = ['startToCompleteMs', 'registrationToCompleteMs'] as const;
  const head = ['implementation', 'peers', 'blocks', 'sample', 'peer', 'outcome', ...times, 'sent', 'received'];
  const more = ['pass', 'windowMs', 'cpuMs', 'peakMemoryBytes', ...traffic];
  const lines = results.flatMap(({ cells }, at) =>
    cells.flatMap(({ peers, blocks, samples }) =>
      samples.flatMap((sample, number) =>
        sample.peers.map(({ peerId, outcome, messages, resources, ...row }) => [
          ...[names[at], peers, blocks, number + 1, peerId, outcome],
          ...times.map((name) => row[name]),
          ...[messages?.sent, messages?.received],
          ...[sample.pass, sample.windowMs, resources?.cpuMs, resources?.peakMemoryBytes],
          ...traffic.map((name) => row.traffic?.[name]),
        ]),
      ),
    ),
  );
  return csv([[...head, ...more], ...lines]);
}

/** Lines of comma-separated values (RFC 4180). */
function csv(lines: readonly (readonly Field[])[]): string {
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(value: Field): string {
  // A spreadsheet would read a text that begins like this as a formula.
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
