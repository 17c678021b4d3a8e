import { setTimeout as wait } from 'node:timers/promises';
import { CannotJudge, Inapplicable } from '../violation.ts';
import { Client } from '../wire/client.ts';
import { field } from '../wire/message.ts';
import { haveBlocksInfo, requestBlock } from '../wire/requests.ts';
import { Transcript } from '../wire/transcript.ts';
import { addressText, type RunningPeerServer } from './running-server.ts';
import { runningPeerGrantsWithinMs } from '../time-limits.ts';

const retryMs = 250;

/** What the suite learns about a running peer, once for all cases. */
export class RunningPeer {
  readonly server: RunningPeerServer;
  readonly #senderId: string;
  readonly #isRegistered: boolean;
  #granted: Promise<void> | undefined;

  /** @param isRegistered `senderId` is registered with the peer's tracker */
  constructor(server: RunningPeerServer, senderId: string, isRegistered: boolean) {
    this.server = server;
    this.#senderId = senderId;
    this.#isRegistered = isRegistered;
  }

  /** The blocks that it claims to have. */
  async held(client: Client): Promise<number[]> {
    const info = field((await client.ask(haveBlocksInfo(this.#senderId))).value, 'blocks_info');
    if (!Array.isArray(info)) return [];
    this.server.sawComplete(info.every((has) => has === true));
    return [...info.entries()].filter(([, has]) => has === true).map(([index]) => index);
  }

  /**
   * Waits until it grants the suite a block, which shows that it knows the suite.
   * @throws Inapplicable if it never has to, CannotJudge if it does not in time
   */
  untilGranted(): Promise<void> {
    this.#granted ??= this.#untilGranted();
    return this.#granted;
  }

  async #untilGranted(): Promise<void> {
    if (!this.#isRegistered) {
      throw new Inapplicable(
        'the case needs a sender that the peer knows: give --tracker too, so that the suite can register',
      );
    }
    const client = new Client(new Transcript(), 'suite', () => this.server.address);
    const deadlineMs = performance.now() + runningPeerGrantsWithinMs;
    while (performance.now() < deadlineMs) {
      for (const index of (await this.held(client)).slice(0, 3)) {
        const { value } = await client.ask(requestBlock(this.#senderId, index));
        if (field(value, 'status') === 'success') return;
      }
      await this.server.crash();
      if (this.server.isComplete) {
        throw new Inapplicable(
          'the case needs a sender that the peer knows, and a complete peer does not ask for new peers',
        );
      }
      await wait(retryMs);
    }
    const where = addressText(this.server.address);
    throw new CannotJudge(
      `not testable: the peer at ${where} gave ${this.#senderId} no block within ${runningPeerGrantsWithinMs / 1_000} s of its registration`,
    );
  }
}
