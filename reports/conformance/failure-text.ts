import type { ConformanceCase, WireEvent } from '../../schemas/types.ts';
import { outputTails } from '../output-tails.ts';

/** Longer wire logs show only their newest events. */
const shownEvents = 100;

/** The facts about a case that did not pass, except its wire log and what it printed. */
export function failureFacts(item: ConformanceCase): [name: string, text: string][] {
  const facts: [string, string | undefined][] = [
    [item.level, item.requirement],
    ['Case', item.title],
    ['Expected', item.expected],
    ['Actual', item.actual ?? item.message],
    ['Schema', item.schemaPath],
    ['Notes', item.notes?.join(' ')],
    ['Crash', item.crashed && 'The program exited by itself.'],
    ['Cause', item.cause],
    ['Judged with', item.judgedWith?.join(', ')],
    ['Known', item.known],
    ['Replays', replaysText(item)],
  ];
  return facts.flatMap(([name, text]) => (text ? [[name, text] as [string, string]] : []));
}

/** How often a case was repeated before its verdict, and why the last time; undefined if it was not. */
export function replaysText({ replays, replayReason }: ConformanceCase): string | undefined {
  if (replays === undefined) return undefined;
  return `${replays} ${replays === 1 ? 'replay' : 'replays'}, as ${replayReason ?? 'it failed'}`;
}

/** A wire event as one line: when, from whom, to whom, what. */
export function eventLine({ atMs, from, to, connection, kind, text }: WireEvent): string {
  return `${atMs.toFixed(1).padStart(9)} ms  ${from} → ${to}  #${connection} ${kind === 'bytes' ? text : kind}`;
}

function wireLog(events: readonly WireEvent[]): string {
  const left = events.length - shownEvents;
  const shown = events.slice(-shownEvents).map(eventLine);
  return [...(left > 0 ? [`(${left} earlier events are in the JSON result)`] : []), ...shown].join('\n');
}

/** Everything about a failure as plain text, so that it can be understood without a rerun. */
export function failureText(item: ConformanceCase, seed: number): string {
  const facts = failureFacts(item).map(([name, text]) => `${name}: ${text}`);
  const wire = wireLog(item.transcript);
  return [
    ...facts,
    `Seed: ${seed}`,
    `Rerun: ${item.repro}`,
    ...(wire === '' ? [] : ['', 'Wire log:', wire]),
    ...outputTails(item).flatMap(({ name, text }) => ['', `${name}:`, text]),
  ].join('\n');
}
