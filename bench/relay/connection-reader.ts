import { actionOf, type CountedAction } from '../../schemas/actions.ts';
import { MemberScanner, type Member, type Piece } from './member-scanner.ts';
import type { Tap } from './relay-listener.ts';

/** A request that has passed the relay and waits for its response. */
export interface Request {
  readonly action: CountedAction;
  readonly blockIndex: number | undefined;
}

/** What a connection reader calls. */
export interface ConnectionListener {
  /** The server has accepted the connection. */
  onConnected(): void;
  onRequestBytes(count: number): void;
  /** As the server sent them, before a rewrite. */
  onResponseBytes(count: number): void;
  onRequest(request: Request): void;
  onResponse(request: Request, response: ReadonlyMap<string, Member>): void;
  /** The stream is not made of messages any more: what follows passes through unread. */
  onLost(): void;
  /** Changes a complete response to a request with one of these actions before it is forwarded. */
  rewrite?: {
    readonly actions: readonly CountedAction[];
    apply(request: Request, response: Buffer, members: ReadonlyMap<string, Member>): Promise<Buffer>;
  };
  readonly tap?: Tap | undefined;
}

/** A response to be rewritten is held back until it is complete; a larger one passes unchanged. */
const heldLimitBytes = 64 * 1024 * 1024;
const waitingLimit = 100_000;

/**
 * Reads one connection: requests in one direction, responses in the other, in the same order. Bytes in, bytes out; it
 * touches no socket. Only a response to be rewritten is held until it is complete.
 */
export class ConnectionReader {
  readonly #listener: ConnectionListener;
  readonly #requests = new MemberScanner(['action', 'block_index']);
  readonly #responses = new MemberScanner(['status', 'peers', 'initial_blocks_data']);
  readonly #waiting: Request[] = [];
  #held: Buffer[] = [];
  #heldBytes = 0;
  #lost = false;

  constructor(listener: ConnectionListener) {
    this.#listener = listener;
  }

  /** Reads what the client sent; the caller forwards these bytes unchanged. */
  request(chunk: Buffer): void {
    this.#listener.onRequestBytes(chunk.length);
    if (this.#lost) return;
    for (const { members } of this.#requests.push(chunk)) {
      if (!members) continue;
      const index = members.get('block_index')?.value;
      const request = {
        action: actionOf(members.get('action')?.value),
        blockIndex: Number.isSafeInteger(index) && Number(index) >= 0 ? Number(index) : undefined,
      };
      this.#waiting.push(request);
      this.#listener.onRequest(request);
    }
    if (this.#requests.lost || this.#waiting.length > waitingLimit) this.#lose();
  }

  /**
   * Reads what the server sent.
   * @returns what the caller forwards now; it must wait for this before it passes in the next chunk
   */
  response(chunk: Buffer): Buffer | Promise<Buffer> {
    this.#listener.onResponseBytes(chunk.length);
    if (this.#lost) return Buffer.concat([this.flush(), chunk]);
    const pieces = this.#responses.push(chunk);
    const out = pieces.map((piece) => this.#take(piece));
    if (this.#responses.lost) {
      this.#lose();
      out.push(this.flush());
    }
    const isUnchanged = out.length === pieces.length && pieces.every(({ bytes }, i) => bytes === out[i]);
    return isUnchanged ? chunk : join(out);
  }

  /** Gives up on completing the response that is held back. @returns its bytes so far */
  flush(): Buffer {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }

  #take({ bytes, members }: Piece): Buffer | Promise<Buffer> {
    const request = this.#waiting[0];
    const { rewrite } = this.#listener;
    const holds = request !== undefined && rewrite?.actions.includes(request.action) === true;
    if (!holds) {
      if (members) this.#answered(members);
      return bytes;
    }
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (!members && this.#heldBytes <= heldLimitBytes) return Buffer.alloc(0);
    if (!members) {
      this.#lose();
      return this.flush();
    }
    const message = this.flush();
    this.#answered(members);
    return rewrite.apply(request, message, members);
  }

  #answered(members: ReadonlyMap<string, Member>): void {
    const request = this.#waiting.shift();
    if (request) this.#listener.onResponse(request, members);
    // A list that answers no request was not rewritten.
    else if (members.has('peers')) this.#lose();
  }

  #lose(): void {
    this.#lost = true;
    this.#listener.onLost();
  }
}

function join(parts: readonly (Buffer | Promise<Buffer>)[]): Buffer | Promise<Buffer> {
  const ready = parts.filter((part) => Buffer.isBuffer(part));
  if (ready.length < parts.length) return joinLater(parts);
  return ready.length === 1 && ready[0] ? ready[0] : Buffer.concat(ready);
}

async function joinLater(parts: readonly (Buffer | Promise<Buffer>)[]): Promise<Buffer> {
  const ready: Buffer[] = [];
  for (const part of parts) ready.push(await part);
  return Buffer.concat(ready);
}
