import { refusingPeer, ScriptedPeer } from '../stage/scripted-peer.ts';
import type { Registrants, Registrant } from '../stage/registrants.ts';
import { Client } from '../wire/client.ts';
import type { Address } from '../../launch/ports/address.ts';
import { field, isObject } from '../wire/message.ts';
import { peerOffline, register } from '../wire/requests.ts';
import { Transcript } from '../wire/transcript.ts';
import { mayAnswerWithinMs } from '../time-limits.ts';

/** How the suite takes part in a running swarm. */
export interface SwarmAccess {
  /** The address that the registrants listen on. */
  readonly localAddress: string;
  /** The number of blocks, N. */
  readonly blocks: number;
  readonly tracker: Address | undefined;
}

/** A peer of the suite that the peers of a running swarm may contact: it answers that it has no blocks, so that none reports it dead. */
export async function startRegistrant(id: string, { localAddress, blocks }: SwarmAccess): Promise<ScriptedPeer> {
  const noBlocks = Array.from({ length: blocks }, () => '');
  const noSubject = (): Address => ({ host: localAddress, port: 9 });
  const peer = new ScriptedPeer(new Transcript(), refusingPeer(id, []), noBlocks, noSubject);
  await peer.listen(localAddress);
  return peer;
}

/** For a tracker that already runs: unique ids, and a listening peer at each port. */
export class RunningTrackerRegistrants implements Registrants {
  readonly known: Registrant;
  readonly #access: SwarmAccess;
  readonly #prefix: string;
  readonly #made = new Map<string, Promise<ScriptedPeer>>();
  #gone: Promise<void> | undefined;

  /** @param prefix of all ids of the case */
  constructor(known: Registrant, prefix: string, access: SwarmAccess) {
    this.known = known;
    this.#prefix = prefix;
    this.#access = access;
  }

  /** Unknown for a tracker on another machine, as addresses may be translated on the way. */
  get sourceIp(): string | undefined {
    const { localAddress } = this.#access;
    return localAddress === '::1' || localAddress.startsWith('127.') ? localAddress : undefined;
  }

  id(name: string): string {
    return `${this.#prefix}${name}`;
  }

  owns(id: string): boolean {
    return id.startsWith(this.#prefix);
  }

  async registrant(name: string): Promise<Registrant> {
    const made = this.#made.get(name) ?? startRegistrant(this.id(name), this.#access);
    this.#made.set(name, made);
    const { id, port } = await made;
    return { id, port };
  }

  leave(): Promise<void> {
    this.#gone ??= this.#leave();
    return this.#gone;
  }

  /** Takes the case's ids off the tracker, including those that a broken one registered from an invalid request. */
  async #leave(): Promise<void> {
    const { tracker } = this.#access;
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
