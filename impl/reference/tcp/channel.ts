import type { FramingLimits } from '../core/wire/message-framer.ts';
import type { Endpoint } from '../core/peer/peer-events.ts';
import { ClientConnection, type PendingRequest, ExchangeError } from './client-connection.ts';

/** The most unanswered requests on a connection that the server keeps open. */
const pipelineDepth = 32;
/** The most connections at once to a server that closes after each response. */
const baseConnections = 4;

/**
 * Sends requests to one server. The first request asks to keep the connection open: if that is granted, all others are
 * pipelined on it; if not, each gets a connection of its own (wire.keep-alive.client-goes-on).
 */
export class Channel {
  readonly #endpoint: Endpoint;
  readonly #limits: FramingLimits;
  readonly #queue: PendingRequest[] = [];
  readonly #connections = new Set<ClientConnection>();
  /** Unknown until the first response. */
  #keepsOpen: boolean | undefined;
  #closed = false;

  constructor(endpoint: Endpoint, limits: FramingLimits) {
    this.#endpoint = endpoint;
    this.#limits = limits;
  }

  /**
   * Sends a request and returns the bytes of the response. Rejects with an {@link ExchangeError}: `unreachable`, `silent` if
   * nothing arrives for `timeoutMs`, or `wrong` if the connection ends early or carries something else.
   */
  exchange(request: object, timeoutMs: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ message: { ...request, keep_alive: true }, timeoutMs, resolve, reject });
      this.#dispatch();
    });
  }

  /** Closes all connections. Pending exchanges are rejected. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections) connection.destroy();
    this.#failQueued(new ExchangeError('wrong', 'the channel was closed'));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const connection = this.#usable() ?? this.#open();
      if (connection === undefined) return;
      connection.send(this.#queue.shift() as PendingRequest);
    }
  }

  #usable(): ClientConnection | undefined {
    for (const connection of this.#connections) {
      if (connection.keptOpen && connection.pendingCount < pipelineDepth) return connection;
    }
    return undefined;
  }

  #open(): ClientConnection | undefined {
    if (this.#connections.size >= (this.#keepsOpen === false ? baseConnections : 1)) return undefined;
    const connection = new ClientConnection(this.#endpoint, this.#limits, {
      onAnswered: () => {
        this.#keepsOpen = connection.keptOpen;
        this.#dispatch();
      },
      onClosed: (unanswered, error) => this.#onClosed(connection, unanswered, error),
    });
    this.#connections.add(connection);
    return connection;
  }

  #onClosed(connection: ClientConnection, unanswered: PendingRequest[], error: ExchangeError): void {
    this.#connections.delete(connection);
    // Unanswered requests are sent again. This ends, since each connection answers a request or fails its first one.
    if (error.failure === 'wrong' && !connection.keptOpen) unanswered.shift()?.reject(error);
    this.#queue.unshift(...unanswered);
    // A server that is unreachable or silent gets none of the queued requests.
    if (error.failure !== 'wrong' || this.#closed) this.#failQueued(error);
    this.#dispatch();
  }

  #failQueued(error: ExchangeError): void {
    for (const request of this.#queue.splice(0)) request.reject(error);
  }
}
