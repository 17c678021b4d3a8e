import { html } from 'ghtml';
import type { FailureGroup } from '../../interop/failure-groups.ts';
import {
  blameText,
  earlierMessageLines,
  failureSentence,
  interopSwarmName,
  messageLine,
  otherPeerFailures,
} from '../../interop/failure-text.ts';
import { outputTails } from '../../output-tails.ts';
import { factList } from '../fact-list.ts';

/** A kind of failure, by its first swarm. @param names the numbered names of the implementations */
export function interopFailureCard({ first, others }: FailureGroup, names: readonly string[], anchor: string): string {
  const { clause, requirement, message, stderrTail: stderr, stdoutTail: stdout } = first.failure;
  const facts: [string, string][] = [
    ...(clause === undefined ? [] : [['Expected', `${clause}: ${requirement ?? ''}`] satisfies [string, string]]),
    ['Actual', failureSentence(first.failure)],
    ...(message === undefined ? [] : [['First wrong message', messageLine(message)] satisfies [string, string]]),
    ...otherPeerFailures(first, names).map((line): [string, string] => ['Other peers', line]),
    ...(others.length === 0 ? [] : [['Same in', others.map(interopSwarmName).join('; ')] satisfies [string, string]]),
  ];
  return html`<div class="card banner bad" id="${anchor}">
    <strong class="bad">failed</strong> ${interopSwarmName(first)}, ${blameText(first.failure, names)}
    !${factList(facts)} !${earlierMessages(earlierMessageLines(first.failure))}
    !${outputTails({ stderr, stdout }).map(({ text }) => html`<pre>${text}</pre>`)}
  </div>`;
}

function earlierMessages(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return html`<details>
    <summary>Messages before</summary>
    <pre>${lines.join('\n')}</pre>
  </details>`;
}
