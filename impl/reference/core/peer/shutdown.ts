import type { PeerContext } from './peer-context.ts';
import type { Outcome } from './peer-events.ts';
import { lingerMs } from './timing.ts';

/** How a peer leaves: last announcements, goodbye to the tracker, end (peer.announces.last-block, peer.stop.says-goodbye). */
export class Shutdown {
  readonly #context: PeerContext;
  #outcome: Outcome | undefined;
  #reason = '';
  #saidGoodbye = false;

  constructor(context: PeerContext) {
    this.#context = context;
  }

  /** Only a complete peer waits for the answers to its last announcements. The first outcome and reason count. */
  begin(outcome: Outcome, reason: string): void {
    this.#context.transition('leave');
    if (this.#outcome !== undefined && outcome !== 'stopped') return;
    this.#outcome ??= outcome;
    this.#reason ||= reason;
    this.#context.timers.clearAll();
    this.#context.timers.set('linger', outcome === 'complete' ? this.#context.nowMs + lingerMs : this.#context.nowMs);
  }

  /** Says goodbye once the announcements are answered, or the wait is over. A peer that never asked to register ends at once. */
  proceed(askedToRegister: boolean): void {
    if (this.#outcome === undefined || this.#saidGoodbye) return;
    if (this.#context.timers.has('linger') && this.#context.isPending('announce_block')) return;
    this.#saidGoodbye = true;
    this.#context.timers.clearAll();
    const { peerId } = this.#context.options;
    const goodbye = { action: 'peer_offline', dead_peer_id: peerId, sender_id: peerId } as const;
    if (askedToRegister) this.#context.send('tracker', goodbye, { kind: 'goodbye' }, lingerMs);
    else this.finish();
  }

  finish(): void {
    if (this.#outcome === undefined) return;
    this.#context.emit({ type: 'finish', outcome: this.#outcome, reason: this.#reason });
  }
}
