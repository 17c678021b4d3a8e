import { clauseOf, type Case } from '../../conformance/cases/case.ts';
import { thoroughCaseMs } from '../formats/case-list.ts';
import { clauses } from '../../schemas/clauses.ts';

/** Every clause with its level, and below it the cases that check it, or why none can. */
export function caseList(cases: readonly Case[]): string {
  const byClause = new Map<string, Case[]>();
  for (const item of cases) {
    const { id } = clauseOf(item);
    byClause.set(id, [...(byClause.get(id) ?? []), item]);
  }
  const isWholeSuite = byClause.size === [...clauses.values()].filter(({ excluded }) => excluded === undefined).length;
  const lines: string[] = [];
  for (const { id, level, role, extension, excluded } of clauses.values()) {
    const checks = byClause.get(id) ?? [];
    if (checks.length === 0 && !isWholeSuite) continue;
    lines.push(
      `${level.padEnd(6)} ${role.padEnd(7)} ${id}${extension === undefined ? '' : ` (extension ${extension})`}`,
    );
    for (const item of checks) lines.push(`               - ${item.id}: ${item.title}${remarks(item)}`);
    if (checks.length === 0) lines.push(`               excluded: ${excluded ?? 'no case'}`);
  }
  const excluded = [...clauses.values()].filter((clause) => clause.excluded !== undefined).length;
  lines.push(
    '',
    `${cases.length} cases check ${byClause.size} clauses${isWholeSuite ? `; ${excluded} clauses are excluded` : ''}.`,
  );
  return `${lines.join('\n')}\n`;
}

function remarks(item: Case): string {
  const thoroughMs = thoroughCaseMs(item);
  const time = thoroughMs === undefined ? [] : [`thorough: about ${Math.round(thoroughMs / 1_000)} s`];
  const { falseAlarm, miss } = item.chance ?? {};
  const chance = falseAlarm === undefined ? [] : [`by chance: false alarm ${falseAlarm}, miss ${miss}`];
  const all = [...time, ...chance];
  return all.length === 0 ? '' : ` (${all.join('; ')})`;
}
