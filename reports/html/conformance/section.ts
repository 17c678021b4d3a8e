import { html } from 'ghtml';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import { knownFailureProblems } from '../../conformance/known-failure-problems.ts';
import { verdictCounts, knownFailureCases, casesToReview, verdicts } from '../../conformance/verdicts.ts';
import { caseAnchors } from './case-anchors.ts';
import { clauseTables } from './clause-tables.ts';
import { failureCard } from './failure-card.ts';

/** One conformance result on the page, without a heading. `id` begins the anchors of its cases. */
export function conformanceSection(result: ConformanceResult, id: string): string {
  const { implementation, verdict, interruptedBy, summary, cases, durationMs, harness } = result;
  const { tone, name, meaning } = verdicts[verdict];
  const anchors = caseAnchors(cases, id);
  const count = `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s`;
  const tiles = Object.entries(summary).map(
    ([verdictName, number]) => html`<div class="tile"><b>${number}</b><span>${verdictName}</span></div>`,
  );
  const problems = knownFailureProblems(result).map(
    ({ case: caseId, problem }) => html`<p class="bad"><code>${caseId}</code>: ${problem}.</p>`,
  );
  const cards = [...casesToReview(result), ...knownFailureCases(result)].map((item) =>
    failureCard(item, anchors.get(item) ?? '', harness.seed),
  );
  return html`<div class="card banner verdict ${tone}">
      <strong class="${tone}">${name.replace(/^./, (letter) => letter.toUpperCase())}</strong>
      <p>
        ${implementation.name}: ${meaning}
        ${count}${interruptedBy === undefined ? '' : `, interrupted by ${interruptedBy}`}: ${verdictCounts(result)}.
      </p>
      !${problems}
    </div>
    <div class="tiles">!${tiles}</div>
    !${cards} !${clauseTables(cases, anchors)}`;
}
