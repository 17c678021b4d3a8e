import { html } from 'ghtml';
import type { ConformanceCase, ConformanceResult } from '../../../schemas/types.ts';
import { capitalized } from '../../figures.ts';
import { knownFailureProblems } from '../../conformance/known-failure-problems.ts';
import { failureGroups, unjudgedGroups } from '../../conformance/case-groups.ts';
import { startProblems } from '../../conformance/start-problems.ts';
import { knownFailureCases } from '../../conformance/case-state.ts';
import { casesInSeconds, verdictCounts, verdictMeaning, verdicts } from '../../conformance/verdicts.ts';
import { helpSentences } from '../../conformance/help.ts';
import { offPeriodSentences } from '../../conformance/off-periods.ts';
import { caseAnchors } from './case-anchors.ts';
import { clauseTables } from './clause-tables.ts';
import { failureGroup, unjudgedGroup } from './case-group.ts';
import { startCard } from './start-card.ts';
import { failureCard } from './failure-card.ts';

/** One conformance result on the page, without a heading. @param id the prefix of the anchors of its cases */
export function conformanceSection(result: ConformanceResult, id: string): string {
  const { implementation, verdict, interruptedBy, summary, cases, harness } = result;
  const { highlight, name } = verdicts[verdict];
  const anchors = caseAnchors(cases, id);
  const tiles = Object.entries(summary).map(
    ([verdictName, number]) => html`<div class="tile"><b>${number}</b><span>${verdictName}</span></div>`,
  );
  const problems = knownFailureProblems(result).map(
    ({ case: caseId, problem }) => html`<p class="bad"><code>${caseId}</code>: ${problem}.</p>`,
  );
  const card = (item: ConformanceCase): string => failureCard(item, anchors.get(item) ?? '', harness.seed);
  const cards = [
    ...startProblems(result).map(startCard),
    ...failureGroups(result).map((group) => failureGroup(group, card)),
    ...unjudgedGroups(result).map((group) => unjudgedGroup(group, card)),
    ...knownFailureCases(result).map(card),
  ];
  const help = [...helpSentences(result), ...offPeriodSentences(result)].map(
    (sentence) => html`<p class="warn">${sentence}</p>`,
  );
  return html`<div class="card banner verdict ${highlight}">
      <strong class="${highlight}">${capitalized(name)}</strong>
      <p>
        ${implementation.name}: ${verdictMeaning(result)}
        ${casesInSeconds(result)}${interruptedBy === undefined ? '' : `, interrupted by ${interruptedBy}`}:
        ${verdictCounts(result)}.
      </p>
      !${help} !${problems}
    </div>
    <div class="tiles">!${tiles}</div>
    !${cards} !${clauseTables(cases, anchors)}`;
}
