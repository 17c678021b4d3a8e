import { field, type JsonObject } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Exchange, Problem } from './exchange.ts';

const listedAtMost = 5;
/** Every program is on this machine, and the relay calls from there. */
const sourceAddresses = ['127.0.0.1', '::ffff:127.0.0.1', '::1'];

/** The answer to get_peers. To one that is not registered a tracker may say what it likes. */
export function checkList(exchange: Exchange, knowledge: Knowledge): Problem | undefined {
  const { request, requestAtMs, response, isSuccess } = exchange;
  const requester = String(field(request, 'peer_id'));
  const registered = knowledge.certainAt(requestAtMs);
  if (!registered.includes(requester)) return undefined;
  const all = 'tracker.get-peers.all-when-few';
  if (!isSuccess) return { clause: all, sentence: 'refused its list to a registered peer' };
  const ids = idsIn(response);
  if (ids.includes(requester)) {
    return { clause: 'tracker.get-peers.never-requester', sentence: 'listed the requester itself' };
  }
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice !== undefined) {
    return { clause: 'tracker.get-peers.no-duplicates', sentence: `listed ${JSON.stringify(twice)} twice` };
  }
  const others = registered.filter((id) => id !== requester);
  const isFull = others.length > listedAtMost;
  if (ids.length > listedAtMost || (isFull && ids.length < listedAtMost)) {
    const clause = 'tracker.get-peers.at-most-five';
    return { clause, sentence: `listed ${ids.length} peers, where others are registered enough for five` };
  }
  const few = knowledge.possible().filter((id) => id !== requester).length <= listedAtMost;
  return (few ? missing(ids, others, all) : undefined) ?? checkEntries(exchange, knowledge);
}

/** Somebody who is registered for certain and not listed. */
export function missing(listed: readonly string[], others: readonly string[], clause: string): Problem | undefined {
  const left = others.find((id) => !listed.includes(id));
  return left === undefined ? undefined : { clause, sentence: `left out ${JSON.stringify(left)}, which is registered` };
}

/** The entries of a list, one by one. */
export function checkEntries({ response, requestAtMs }: Exchange, knowledge: Knowledge): Problem | undefined {
  for (const entry of entriesOf(response)) {
    const id = String(field(entry, 'peer_id'));
    const named = JSON.stringify(id);
    if (knowledge.isGoneAt(id, requestAtMs)) {
      return { clause: 'tracker.offline.removes', sentence: `listed ${named}, which had been reported offline` };
    }
    const clause = 'tracker.register.source-address';
    const [ip, port] = [field(entry, 'ip'), field(entry, 'port')];
    const ports = knowledge.portsOf(id);
    if (ports.size > 0 && !ports.has(port)) {
      return { clause, sentence: `listed ${named} at port ${String(port)}, which it never registered` };
    }
    if (!sourceAddresses.includes(String(ip))) {
      return { clause, sentence: `listed ${named} at ${String(ip)}, from where it did not register` };
    }
  }
  return undefined;
}

export function idsIn(response: JsonObject): string[] {
  return entriesOf(response).map((entry) => String(field(entry, 'peer_id')));
}

function entriesOf(response: JsonObject): JsonObject[] {
  return field(response, 'peers') as JsonObject[];
}
