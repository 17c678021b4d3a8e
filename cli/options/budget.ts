import { failOn, type Problem } from '../../launch/manifest/problem.ts';
import { readJson } from '../../launch/manifest/read-json.ts';
import type { MessageBudget } from '../../schemas/types.ts';
import { checkDocument } from '../../schemas/validate.ts';

/** Reads the file that says which actions may be sent more often; without one, none may. @throws UsageError */
export async function readBudget(path: string | undefined): Promise<MessageBudget> {
  if (path === undefined) return [];
  const value = await readJson(path);
  const problems = checkDocument('message-budget', value);
  failOn(
    path,
    problems.map(({ path: field, message }) => ({ field, message: `${message}.` })),
  );
  const budget = value as MessageBudget;
  failOn(path, repeated(budget));
  return budget;
}

function repeated(budget: MessageBudget): Problem[] {
  const actions = budget.map(({ action }) => action);
  return actions.flatMap((action, at) =>
    actions.indexOf(action) < at
      ? [{ field: `[${at}]`, message: `names ${action} again: give one entry for each action.` }]
      : [],
  );
}
