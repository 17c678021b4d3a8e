import type { Action } from '../core/wire/requests.ts';

/** An event in the log of a tracker or a peer. With `--log json`, each is one line. */
export type LogEvent =
  | { readonly event: 'listening'; readonly host: string; readonly port: number }
  | { readonly event: 'registered'; readonly blocks: number; readonly totalBlocks: number }
  | {
      readonly event: 'block';
      readonly index: number;
      readonly source: 'peer' | 'tracker';
      readonly blocks: number;
      readonly totalBlocks: number;
    }
  | { readonly event: 'complete'; readonly output: string; readonly seconds: number }
  /** Entries of the tracker's list that are no peers. */
  | { readonly event: 'left-out'; readonly entries: number }
  | { readonly event: 'failed'; readonly reason: string }
  /** Requests by action, from start to end. */
  | { readonly event: 'counters'; readonly sent: ActionCounts; readonly received: ActionCounts };

export type Log = (event: LogEvent) => void;

type ActionCounts = Readonly<Partial<Record<Action, number>>>;

/** Counts requests by action. */
export class Counters {
  readonly #sent = new Map<Action, number>();
  readonly #received = new Map<Action, number>();

  countSent(action: Action): void {
    this.#sent.set(action, (this.#sent.get(action) ?? 0) + 1);
  }

  countReceived(action: Action): void {
    this.#received.set(action, (this.#received.get(action) ?? 0) + 1);
  }

  toEvent(): LogEvent {
    return { event: 'counters', sent: Object.fromEntries(this.#sent), received: Object.fromEntries(this.#received) };
  }
}
