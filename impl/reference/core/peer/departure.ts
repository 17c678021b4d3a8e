import type { PeerContext } from './peer-context.ts';
import type { Outcome } from './peer-events.ts';
import { lingerMs } from './peer-options.ts';

/** The way out: last announcements, goodbye to the tracker, end (decision 5.7). */
export class Departure {
  readonly #context: PeerContext;
  #outcome: Outcome | undefined;
  #reason = '';
  #saidGoodbye = false;

  constructor(context: PeerContext) {
    this.#context = context;
  }

  /** Only a complete peer waits until the others have heard of its last block. The first cause to leave counts. */
  leave(outcome: Outcome, reason: string): void {
    this.#context.step('leave');
    if (this.#outcome !== undefined && outcome !== 'stopped') return;
    this.#outcome ??= outcome;
    this.#reason ||= reason;
    this.#context.timers.clearAll();
    this.#context.timers.set('linger', outcome === 'complete' ? this.#context.nowMs + lingerMs : this.#context.nowMs);
  }

  /** Says goodbye as soon as nothing else is to be said; to nobody unless the tracker has heard of this peer. */
  goOn(announced: boolean): void {
    if (this.#outcome === undefined || this.#saidGoodbye) return;
    if (this.#context.timers.has('linger') && this.#context.hasPending('announcement')) return;
    this.#saidGoodbye = true;
    this.#context.timers.clearAll();
    const { peerId } = this.#context.options;
    const goodbye = { action: 'peer_offline', dead_peer_id: peerId, sender_id: peerId } as const;
    if (announced) this.#context.ask('tracker', goodbye, { kind: 'goodbye' }, lingerMs);
    else this.finish();
  }

  finish(): void {
    if (this.#outcome === undefined) return;
    this.#context.emit({ type: 'finish', outcome: this.#outcome, reason: this.#reason });
  }
}
