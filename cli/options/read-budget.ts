import { throwProblems, type Problem } from '../../launch/documents/problem.ts';
import { readDocument } from '../../launch/documents/read-document.ts';
import type { MessageBudget } from '../../schemas/types.ts';

/** Reads the actions that may be sent more often; without a file, there are none. @throws UsageError */
export async function readBudget(path: string | undefined): Promise<MessageBudget> {
  if (path === undefined) return [];
  const budget = await readDocument('message-budget', path);
  throwProblems(path, repeated(budget));
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
