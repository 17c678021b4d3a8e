import { refusingPeer, ScriptedPeer } from '../stage/scripted-peer.ts';
import type { Registrants, Registrant } from '../stage/registrants.ts';
import { Client } from '../wire/client.ts';
import type { Address } from '../wire/connection.ts';
import { field, isObject } from '../wire/message.ts';
import { peerOffline, register } from '../wire/requests.ts';
import { Transcript } from '../wire/transcript.ts';
import { mayAnswerWithinMs } from '../time-limits.ts';

/** Where the suite is in somebody else's swarm. */
export interface SwarmAccess {
  /** The address that the parties listen on. */
  readonly localAddress: string;
  /** N. */
  readonly blocks: number;
  readonly tracker: Address | undefined;
}

/**
 * Somebody of the suite whom the peers of a running swarm may meet: listens, and answers honestly that there are no blocks to
 * have, so that nobody reports it dead.
 */
export async function startRegistrant(id: string, { localAddress, blocks }: SwarmAccess): Promise<ScriptedPeer> {
  const nothing = Array.from({ length: blocks }, () => '');
  const nobody = (): Address => ({ host: localAddress, port: 9 });
  const peer = new ScriptedPeer(new Transcript(), refusingPeer(id, []), nothing, nobody);
  await peer.listen(localAddress);
  return peer;
}

/** With a tracker that somebody else runs: ids that nobody else has, and somebody at each port. */
export class RunningTrackerRegistrants implements Registrants {
  readonly known: Registrant;
  readonly #place: SwarmAccess;
  readonly #prefix: string;
  readonly #made = new Map<string, Promise<ScriptedPeer>>();
  #gone: Promise<void> | undefined;

  /** @param prefix that all ids of the case begin with */
  constructor(known: Registrant, prefix: string, place: SwarmAccess) {
    this.known = known;
    this.#prefix = prefix;
    this.#place = place;
  }

  /** Elsewhere than on this machine, an address translator may stand between. */
  get sourceIp(): string | undefined {
    const { localAddress } = this.#place;
    return localAddress === '::1' || localAddress.startsWith('127.') ? localAddress : undefined;
  }

  id(name: string): string {
    return `${this.#prefix}${name}`;
  }

  owns(id: string): boolean {
    return id.startsWith(this.#prefix);
  }

  async registrant(name: string): Promise<Registrant> {
    const made = this.#made.get(name) ?? startRegistrant(this.id(name), this.#place);
    this.#made.set(name, made);
    const { id, port } = await made;
    return { id, port };
  }

  leave(): Promise<void> {
    this.#gone ??= this.#leave();
    return this.#gone;
  }

  /** Takes off what the tracker lists of the case, also what a broken one has registered against its will. */
  async #leave(): Promise<void> {
    const { tracker } = this.#place;
    if (tracker !== undefined && this.#made.size > 0) {
      const client = new Client(new Transcript(), 'suite', () => tracker);
      const { value } = await client.ask(register(this.known.id, this.known.port), { timeoutMs: mayAnswerWithinMs });
      const peers = field(value, 'peers');
      const listed = Array.isArray(peers) ? peers.filter(isObject).map((entry) => field(entry, 'peer_id')) : [];
      const own = listed.filter((id) => typeof id === 'string').filter((id) => this.owns(id));
      await Promise.all(own.map((id) => client.ask(peerOffline(id, id), { timeoutMs: mayAnswerWithinMs })));
    }
    for (const peer of this.#made.values()) (await peer).close();
  }
}
