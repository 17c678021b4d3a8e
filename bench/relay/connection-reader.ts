import { actionOf, type Action } from './actions.ts';
import { MessageSkimmer, type Member, type Piece } from './message-scanner.ts';
import type { Tap } from './tap.ts';

/** A request that has passed by and waits for its response. */
export interface Request {
  readonly action: Action;
  readonly blockIndex: number | undefined;
}

export interface Listener {
  /** The server has taken the connection. */
  onConnected(): void;
  onRequestBytes(count: number): void;
  /** As the server sent them: before a rewrite. */
  onResponseBytes(count: number): void;
  onRequest(request: Request): void;
  onResponse(request: Request, response: ReadonlyMap<string, Member>): void;
  /** The stream stopped making sense: what follows passes through unread. */
  onLost(): void;
  /** Changes a complete response of these actions before it is handed on. */
  rewrite?: {
    readonly actions: readonly Action[];
    apply(request: Request, response: Buffer, members: ReadonlyMap<string, Member>): Promise<Buffer>;
  };
  readonly tap?: Tap | undefined;
}

/** A response that is to be rewritten is held back whole; a larger one passes as it is. */
const heldLimitBytes = 64 * 1024 * 1024;
const waitingLimit = 100_000;

/**
 * One connection as the relay reads it: requests one way, responses the other, in the same order. Bytes in, bytes out;
 * it touches no socket. Only a response that is to be rewritten is held until it is complete.
 */
export class Dialogue {
  readonly #listener: Listener;
  readonly #requests = new MessageSkimmer(['action', 'block_index']);
  readonly #responses = new MessageSkimmer(['status', 'peers', 'initial_blocks_data']);
  readonly #waiting: Request[] = [];
  #held: Buffer[] = [];
  #heldBytes = 0;
  #lost = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Reads what the client sent; the bytes themselves are to be handed on as they are. */
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

  /** Reads what the server sent, and gives what is to be handed on now. The next chunk waits until that is there. */
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

  /** What was held back of a response that will not become complete. */
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
    // Nobody looked at a list that nobody asked for.
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
