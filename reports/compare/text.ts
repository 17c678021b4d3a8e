import { oneLine } from '../one-line.ts';
import { exitCodes } from '../../schemas/exit-codes.ts';
import type { CompareResult, ComparedMessages, TimeVerdict } from '../../schemas/types.ts';

/** A change in percent with its sign: `+5.2 %`. */
export function signedPercent(percent: number | undefined): string {
  if (percent === undefined) return '–';
  const text = percent.toFixed(1);
  return `${percent >= 0 ? '+' : ''}${text === '-0.0' ? '+0.0' : text} %`;
}

/** The 98 % confidence interval of the change: `+3.1 … +7.0 %`. */
export function confidenceInterval({ leastPercent, mostPercent }: TimeVerdict): string {
  if (leastPercent === undefined || mostPercent === undefined) return 'unknown';
  return `${signedPercent(leastPercent).replace(' %', '')} … ${signedPercent(mostPercent)}`;
}

/** The p-value for the direction of the change. */
export function pValue({ changePercent = 0, pSlower, pFaster }: TimeVerdict): string {
  const p = changePercent >= 0 ? pSlower : pFaster;
  return p < 0.001 ? p.toExponential(1) : p.toFixed(3);
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

/** A build: `example 1.0.0 (git:main, 0123456789ab)`. */
export function buildText({ name, version, source, commit, dirty, runtime }: CompareResult['base']): string {
  const isNamed = commit === undefined || source.includes(commit.slice(0, 7));
  const state = [...(isNamed ? [] : [commit.slice(0, 12)]), ...(dirty ? ['with changes'] : [])].join(' ');
  const origin = [source, state, runtime].filter(Boolean).join(', ');
  return oneLine(`${[name, version].filter(Boolean).join(' ')} (${origin})`);
}

/** What an exit code means. */
export const exitCodeMeans: Readonly<Record<CompareResult['exitCode'], string>> = {
  [exitCodes.success]: 'no regression',
  [exitCodes.failure]: 'regression',
  [exitCodes.noVerdict]: 'cannot judge',
};

/** How the builds were measured, as one line. */
export function methodText({ evidence, options, batches }: CompareResult): string {
  const { links, floorPercent, rounds } = options;
  const latency = links?.latencyMs === undefined ? '' : ` of ${links.latencyMs} ms`;
  const bandwidth = links?.bytesPerSecond === undefined ? '' : ` of ${links.bytesPerSecond / 1e6} MB/s`;
  const where = links ? `links${latency}${latency && bandwidth ? ' and' : ''}${bandwidth}` : 'loopback';
  const how =
    evidence === 'stored' ? 'stored results' : `${batches.length} ${batches.length === 1 ? 'batch' : 'batches'}`;
  return `${how} of ${rounds} rounds, ${where}, floor ${floorPercent} %`;
}

/** Printed with every comparison of stored results. */
export const storedWarning =
  'The results come from two separate sessions, not from one in which base and head alternated: the change includes everything else that differed between the sessions. This is weaker evidence.';

/** The actions to show: those whose number of requests differs or may differ. */
export function notableMessages(messages: readonly ComparedMessages[]): ComparedMessages[] {
  return messages.filter(({ base, head, increased, reason }) => increased || base !== head || reason !== undefined);
}

/** A remark on the requests of an action; empty if they did not increase. */
export function messageNote({ increased, head, base, allowedPercent, reason }: ComparedMessages): string {
  if (increased) return 'increased';
  if (reason !== undefined) return `allowed: ${reason}`;
  if (head <= base) return '';
  return allowedPercent ? 'timing-dependent' : 'not in every round';
}
