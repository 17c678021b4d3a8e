import type { ConformanceCase, WireEvent } from '../../schemas/types.ts';

/** What is known of a case that did not pass, besides its wire log and standard error; each with its name. */
export function failureFacts(item: ConformanceCase): [name: string, text: string][] {
  const facts: [string, string | undefined][] = [
    [item.level, item.requirement],
    ['Case', item.title],
    ['Allowed', item.expected],
    ['Came', item.actual ?? item.message],
    ['Schema', item.schemaPath],
    ['Crash', item.crashed && 'The program ended by itself.'],
    ['Known', item.known],
  ];
  return facts.flatMap(([name, text]) => (text ? [[name, text] as [string, string]] : []));
}

/** An event on the wire in a line: when, between whom, what. */
export function eventLine({ atMs, from, to, connection, kind, text }: WireEvent): string {
  return `${atMs.toFixed(1).padStart(9)} ms  ${from} → ${to}  #${connection} ${kind === 'bytes' ? text : kind}`;
}

/** The events as lines, the oldest left out if there are more than `most`. */
function wireLog(events: readonly WireEvent[], most: number): string {
  const left = events.length - most;
  const shown = events.slice(-most).map(eventLine);
  return [...(left > 0 ? [`(${left} earlier events are in the JSON result)`] : []), ...shown].join('\n');
}

/** Everything about a failure as plain text, so that nobody has to run it again to understand it. */
export function failureText(item: ConformanceCase, seed: number): string {
  const facts = failureFacts(item).map(([name, text]) => `${name}: ${text}`);
  const wire = wireLog(item.transcript, 100);
  return [
    ...facts,
    `Seed: ${seed}`,
    `Again: ${item.repro}`,
    ...(wire === '' ? [] : ['', 'On the wire:', wire]),
    ...(item.stderr ? ['', 'Standard error:', item.stderr.trimEnd()] : []),
  ].join('\n');
}
