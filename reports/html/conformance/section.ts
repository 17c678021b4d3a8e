import { html } from 'ghtml';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { capitalized } from '../../figures.ts';
import { knownFailureProblems } from '../../conformance/known-failure-problems.ts';
import { casesToReview, knownFailureCases } from '../../conformance/case-state.ts';
import { casesInSeconds, verdictCounts, verdicts } from '../../conformance/verdicts.ts';
import { caseAnchors } from './case-anchors.ts';
import { clauseTables } from './clause-tables.ts';
import { failureCard } from './failure-card.ts';

/** One conformance result on the page, without a heading. @param id the prefix of the anchors of its cases */
export function conformanceSection(result: ConformanceResult, id: string): string {
  const { implementation, verdict, interruptedBy, summary, cases, harness } = result;
  const { highlight, name, meaning } = verdicts[verdict];
  const anchors = caseAnchors(cases, id);
  const tiles = Object.entries(summary).map(
    ([verdictName, number]) => html`<div class="tile"><b>${number}</b><span>${verdictName}</span></div>`,
  );
  const problems = knownFailureProblems(result).map(
    ({ case: caseId, problem }) => html`<p class="bad"><code>${caseId}</code>: ${problem}.</p>`,
  );
  const cards = [...casesToReview(result), ...knownFailureCases(result)].map((item) =>
    failureCard(item, anchors.get(item) ?? '', harness.seed),
  );
  return html`<div class="card banner verdict ${highlight}">
      <strong class="${highlight}">${capitalized(name)}</strong>
      <p>
        ${implementation.name}: ${meaning}
        ${casesInSeconds(result)}${interruptedBy === undefined ? '' : `, interrupted by ${interruptedBy}`}:
        ${verdictCounts(result)}.
      </p>
      !${problems}
    </div>
    <div class="tiles">!${tiles}</div>
    !${cards} !${clauseTables(cases, anchors)}`;
}
