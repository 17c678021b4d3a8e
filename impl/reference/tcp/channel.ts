import type { FramingLimits } from '../core/wire/framing.ts';
import type { Address } from '../core/peer/peer-events.ts';
import { ClientConnection, type Call, ExchangeError } from './client-connection.ts';

/** Requests sent on a connection before their answers, with a server that keeps it open. */
const pipelineDepth = 32;
/** Connections at once to a server that closes after each response. */
const baseConnections = 4;

/**
 * The way to one server. The first request asks to keep the connection: if that is granted, all others go over it,
 * pipelined; if not, each gets a connection of its own (extension `keep_alive`, decisions 1.3 and 1.10).
 */
export class Channel {
  readonly #address: Address;
  readonly #limits: FramingLimits;
  readonly #queue: Call[] = [];
  readonly #connections = new Set<ClientConnection>();
  /** Unknown until the first response. */
  #keepsOpen: boolean | undefined;
  #closed = false;

  constructor(address: Address, limits: FramingLimits) {
    this.#address = address;
    this.#limits = limits;
  }

  /**
   * Sends a request and gives the bytes of the response. Rejects with an {@link ExchangeError}: `unreachable`, `silent` when
   * nothing arrives for `timeoutMs`, or `wrong` when the connection ends early or carries something else.
   */
  exchange(request: object, timeoutMs: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request: { ...request, keep_alive: true }, timeoutMs, resolve, reject });
      this.#dispatch();
    });
  }

  /** Cuts everything off. Waiting exchanges are rejected. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections) connection.destroy();
    this.#failQueued(new ExchangeError('wrong', 'the channel was closed'));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const connection = this.#usable() ?? this.#open();
      if (connection === undefined) return;
      connection.send(this.#queue.shift() as Call);
    }
  }

  #usable(): ClientConnection | undefined {
    for (const connection of this.#connections) {
      if (connection.keptOpen && connection.waiting < pipelineDepth) return connection;
    }
    return undefined;
  }

  #open(): ClientConnection | undefined {
    if (this.#connections.size >= (this.#keepsOpen === false ? baseConnections : 1)) return undefined;
    const connection = new ClientConnection(this.#address, this.#limits, {
      onAnswered: () => {
        this.#keepsOpen = connection.keptOpen;
        this.#dispatch();
      },
      onClosed: (unanswered, error) => this.#onClosed(connection, unanswered, error),
    });
    this.#connections.add(connection);
    return connection;
  }

  #onClosed(connection: ClientConnection, unanswered: Call[], error: ExchangeError): void {
    this.#connections.delete(connection);
    // What is left is sent again. That comes to an end: a connection answers a request, or its first one has failed.
    if (error.failure === 'wrong' && !connection.keptOpen) unanswered.shift()?.reject(error);
    this.#queue.unshift(...unanswered);
    // What could not be connected to, or does not answer, gets no further requests of those that wait.
    if (error.failure !== 'wrong' || this.#closed) this.#failQueued(error);
    this.#dispatch();
  }

  #failQueued(error: ExchangeError): void {
    for (const call of this.#queue.splice(0)) call.reject(error);
  }
}
