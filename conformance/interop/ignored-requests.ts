import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { roleOf } from '../../bench/relay/swarm-node.ts';
import { actionOf, serverRoles, type Action } from '../../schemas/actions.ts';
import { field } from '../wire/message.ts';
import type { LocatedFinding } from './located-finding.ts';
import type { ObservedRequest, ObservedResponse, UnansweredRequest } from './observation.ts';
import { answerClauses } from './rules/exchange.ts';

const fewestIgnored = 3;
const shortestWaitMs = 5_000;
/** The server answers other requests meanwhile: so it is not the machine that is slow. */
const fewestAnswers = 3;

interface Ignored {
  readonly server: SwarmNode;
  readonly action: Action;
  readonly first: LocatedFinding;
  count: number;
  waitedMs: number;
  answersMeanwhile: number;
}

/**
 * The actions that a server never answers, although it answers others. A client that gives up before the time limit shows
 * this only by repetition.
 */
export class IgnoredRequests {
  readonly #ignored: Ignored[] = [];
  readonly #answered = new Set<string>();

  /** @param found the suspicion about a request that a client waited for in vain */
  add({ request, connection: { server }, waitedMs }: UnansweredRequest, found: LocatedFinding): void {
    const action = actionIn(request, server);
    if (action === undefined) return;
    const known = this.#ignored.find((one) => one.server === server && one.action === action);
    if (known) {
      known.count += 1;
      known.waitedMs += waitedMs;
    } else this.#ignored.push({ server, action, first: found, count: 1, waitedMs, answersMeanwhile: 0 });
  }

  answered({ request, connection: { server } }: ObservedResponse): void {
    const action = request && actionIn(request, server);
    if (!action) return;
    this.#answered.add(`${server} ${action}`);
    for (const one of this.#ignored) {
      if (one.server === server && request.atMs > one.first.message.atMs) one.answersMeanwhile += 1;
    }
  }

  /** One finding for each action that a server ignores. */
  findings(): LocatedFinding[] {
    return this.#ignored
      .filter(
        ({ server, action, count, waitedMs, answersMeanwhile }) =>
          !this.#answered.has(`${server} ${action}`) &&
          count >= fewestIgnored &&
          waitedMs >= shortestWaitMs &&
          answersMeanwhile >= fewestAnswers,
      )
      .map(({ server, action, count, waitedMs, first }) => ({
        culprit: server,
        clause: answerClauses[action],
        sentence: `gave no answer to any of ${count} ${action}, for ${(waitedMs / 1000).toFixed(1)} s in all`,
        message: first.message,
      }));
  }
}

/** The action of a valid request to a server of the right role. */
function actionIn({ reading }: ObservedRequest, server: SwarmNode): Action | undefined {
  if ('problem' in reading) return undefined;
  const action = actionOf(field(reading.value, 'action'));
  return action === 'other' || serverRoles[action] !== roleOf(server) ? undefined : action;
}
