import { field, type JsonObject } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Exchange, Problem } from './exchange.ts';

const listedAtMost = 5;
/** Every program runs on this machine, and the relay connects from there. */
const sourceAddresses = ['127.0.0.1', '::ffff:127.0.0.1', '::1'];

/** Checks the answer to get_peers. A tracker may answer anything to a peer that is not registered. */
export function checkPeerList(exchange: Exchange, model: SwarmModel): Problem | undefined {
  const { request, during, response, isSuccess } = exchange;
  const requester = String(field(request, 'peer_id'));
  const registered = model.certainDuring(during);
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
    return { clause, sentence: `listed ${ids.length} peers instead of ${isFull ? 'five' : 'at most five'}` };
  }
  const few = model.membership.ids().filter((id) => id !== requester).length <= listedAtMost;
  return (few ? findMissing(ids, others, all) : undefined) ?? checkEntries(exchange, model);
}

/** A peer that is certainly registered and not listed. */
export function findMissing(listed: readonly string[], others: readonly string[], clause: string): Problem | undefined {
  const left = others.find((id) => !listed.includes(id));
  return left === undefined
    ? undefined
    : { clause, sentence: `did not list ${JSON.stringify(left)}, which is registered` };
}

/** Checks the entries of a list, one by one. */
export function checkEntries({ response, during }: Exchange, { membership }: SwarmModel): Problem | undefined {
  for (const entry of entriesOf(response)) {
    const id = String(field(entry, 'peer_id'));
    const named = JSON.stringify(id);
    if (membership.isGone(id, during)) {
      return { clause: 'tracker.offline.removes', sentence: `listed ${named}, which had been reported offline` };
    }
    const clause = 'tracker.register.source-address';
    const [ip, port] = [field(entry, 'ip'), field(entry, 'port')];
    const ports = membership.portsOf(id, during);
    if (ports.length > 0 && !ports.includes(port)) {
      return {
        clause,
        sentence: `listed ${named} at port ${String(port)}, but it registered port ${ports.join(' or ')}`,
      };
    }
    if (!sourceAddresses.includes(String(ip))) {
      return { clause, sentence: `listed ${named} at ${String(ip)}, from which it did not register` };
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
