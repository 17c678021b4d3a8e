import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { field } from '../wire/message.ts';
import type { ObservedRequest, ObservedResponse } from './observation.ts';

/** From the request of an exchange to its response, in milliseconds on the observer's clock. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A request that changes who is registered. The tracker acts on it at some moment of its span. */
interface Change {
  readonly kind: 'registration' | 'offline-report';
  readonly id: string;
  readonly client: SwarmNode;
  readonly port: unknown;
  readonly fromMs: number;
  /** Infinity until it is answered. */
  toMs: number;
  granted: boolean;
}

/**
 * Who is registered, as far as the messages show. Exchanges that overlap on the wire can have happened in either order, so
 * that an id is in a list for certain, certainly not in it, or neither.
 */
export class Membership {
  readonly #changes = new Map<string, Change[]>();
  readonly #pending = new Map<ObservedRequest, Change>();

  /** A `register` or `peer_offline`; other requests change nothing. */
  learnRequest(observed: ObservedRequest): void {
    if (!('value' in observed.reading)) return;
    const request = observed.reading.value;
    const action = field(request, 'action');
    const isRegistration = action === 'register';
    if (!isRegistration && action !== 'peer_offline') return;
    const id = field(request, isRegistration ? 'peer_id' : 'dead_peer_id');
    if (typeof id !== 'string') return;
    const change: Change = {
      kind: isRegistration ? 'registration' : 'offline-report',
      id,
      client: observed.connection.client,
      port: field(request, 'listen_port'),
      fromMs: observed.atMs,
      toMs: Infinity,
      granted: false,
    };
    this.#pending.set(observed, change);
    this.#changes.set(id, [...this.#changesOf(id), change]);
  }

  learnResponse({ request, reading, atMs }: ObservedResponse): void {
    const change = request && this.#pending.get(request);
    if (!request || !change) return;
    this.#pending.delete(request);
    change.toMs = atMs;
    change.granted = 'value' in reading && field(reading.value, 'status') === 'success';
  }

  /** Every id that a registration has named. */
  ids(): string[] {
    return [...this.#changes].filter(([, changes]) => changes.some(isRegistration)).map(([id]) => id);
  }

  /**
   * Whether an id is registered at every moment of a span: a registration was granted before, and no report about it can
   * have been acted on after that registration. A refused report counts, too: the tracker may have found the peer down.
   */
  isRegistered(id: string, during: Span): boolean {
    const changes = this.#changesOf(id);
    const reports = changes.filter((change) => !isRegistration(change) && change.fromMs <= during.toMs);
    return changes.some(
      (change) => wasGrantedBefore(change, during) && isRegistration(change) && reports.every(isBefore(change)),
    );
  }

  /** Whether an id is registered at no moment of a span: a report was granted before, and no registration can be later. */
  isGone(id: string, during: Span): boolean {
    const changes = this.#changesOf(id);
    const registrations = changes.filter((change) => isRegistration(change) && change.fromMs <= during.toMs);
    return changes.some(
      (change) => wasGrantedBefore(change, during) && !isRegistration(change) && registrations.every(isBefore(change)),
    );
  }

  /** The ports that a list made in this span may show for an id: those of no registration that a later one replaced. */
  portsOf(id: string, during: Span): unknown[] {
    const registrations = this.#changesOf(id).filter(isRegistration);
    const granted = registrations.filter((change) => wasGrantedBefore(change, during));
    return registrations.filter((one) => !granted.some((later) => isBefore(later)(one))).map(({ port }) => port);
  }

  /** The peers that registered under an id. */
  nodesOf(id: string): SwarmNode[] {
    return this.#changesOf(id)
      .filter(isRegistration)
      .map(({ client }) => client);
  }

  /** The ids that a peer has registered under. */
  idsOf(node: SwarmNode): ReadonlySet<string> {
    return new Set(this.ids().filter((id) => this.nodesOf(id).includes(node)));
  }

  #changesOf(id: string): readonly Change[] {
    return this.#changes.get(id) ?? [];
  }
}

function isRegistration({ kind }: Change): boolean {
  return kind === 'registration';
}

function wasGrantedBefore({ granted, toMs }: Change, { fromMs }: Span): boolean {
  return granted && toMs < fromMs;
}

/** Whether the tracker acted on one change before `later` in any case. */
function isBefore(later: Change): (one: Change) => boolean {
  return (one) => one.toMs < later.fromMs;
}
