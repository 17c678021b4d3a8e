import { randomBytes } from 'node:crypto';
import type { Case } from '../cases/case.ts';
import type { Context } from '../stage/context.ts';
import type { ScriptedPeer } from '../stage/scripted-peer.ts';
import type { StagedCase, Servers } from '../judge/attempt/servers.ts';
import { withTimeout } from '../with-timeout.ts';
import { TrackerStage } from '../stage/tracker-stage.ts';
import { CannotJudge } from '../violation.ts';
import { Client } from '../wire/client.ts';
import type { JsonObject } from '../wire/message.ts';
import type { Address } from '../../launch/ports/address.ts';
import { getPeers, haveBlocksInfo, peerOffline, register, requestBlockTracker } from '../wire/requests.ts';
import { Transcript } from '../wire/transcript.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { startRegistrant, RunningTrackerRegistrants, type SwarmAccess } from './running-tracker-registrants.ts';
import { RunningPeerStage } from './running-peer-stage.ts';
import { RunningPeer } from './running-peer.ts';
import { addressText, tryContact, RunningPeerServer, RunningServer } from './running-server.ts';
import { goodbyesEndWithinMs } from '../time-limits.ts';

/** Servers that already run, and what their cases need to know. */
export interface RunningSwarm {
  readonly tracker?: Address | undefined;
  readonly peer?: Address | undefined;
  /** The number of blocks, N. */
  readonly blocks: number;
  /** The file that the tracker shares. */
  readonly file?: Buffer | undefined;
}

/**
 * Servers that already run. The ids of the suite begin with a prefix of the session; it listens on every port that it
 * registers, and takes all its ids off the tracker in the end.
 */
export class RunningServers implements Servers {
  readonly #swarm: RunningSwarm;
  readonly #access: SwarmAccess;
  readonly #known: ScriptedPeer;
  readonly #prefix: string;
  readonly #peer: RunningPeer | undefined;
  readonly #registrants = new Set<RunningTrackerRegistrants>();
  #cases = 0;

  private constructor(swarm: RunningSwarm, access: SwarmAccess, known: ScriptedPeer, prefix: string) {
    this.#swarm = swarm;
    this.#access = access;
    this.#known = known;
    this.#prefix = prefix;
    if (swarm.peer === undefined) return;
    this.#peer = new RunningPeer(
      new RunningPeerServer(swarm.peer, haveBlocksInfo(known.id)),
      known.id,
      swarm.tracker !== undefined,
    );
  }

  /** @throws UsageError if a server does not accept connections */
  static async open(swarm: RunningSwarm): Promise<RunningServers> {
    const { tracker, peer, blocks } = swarm;
    let localAddress: string | undefined;
    const prefix = `minibit-${randomBytes(4).toString('hex')}-`;
    const known = `${prefix}suite`;
    for (const [option, address, request] of [
      ['--tracker', tracker, getPeers(known)],
      ['--peer', peer, haveBlocksInfo(known)],
    ] as const) {
      if (address === undefined) continue;
      const contact = await tryContact(address, request);
      if ('problem' in contact) {
        const where = addressText(address);
        throw new UsageError(
          `${option}: no server listens at ${where} (${contact.problem}): start the ${option.slice(2)} first.`,
        );
      }
      localAddress ??= contact.localAddress;
    }
    const access = { localAddress: localAddress ?? '127.0.0.1', blocks, tracker };
    const servers = new RunningServers(swarm, access, await startRegistrant(known, access), prefix);
    // Registered early, so that the peer soon learns of it. The cases judge whether that works.
    const registered = await servers.#ask(register(servers.#known.id, servers.#known.port));
    const mismatch = await servers.#blocksMismatch(registered);
    if (mismatch === undefined) return servers;
    await servers.close();
    throw new UsageError(mismatch);
  }

  whySkipped(item: Case): string | undefined {
    if (this.#swarm[item.role] === undefined) return `--${item.role} is not given`;
    if (item.running !== undefined && item.running !== false) return undefined;
    return `the case needs a ${item.role} launched for it, not one that already runs`;
  }

  async stage(item: Case, context: Context): Promise<StagedCase> {
    const { tracker } = this.#swarm;
    if (item.role === 'tracker' && tracker !== undefined) {
      const server = new RunningServer(tracker, getPeers(this.#known.id));
      await mustBeRunning(server);
      const registrants = new RunningTrackerRegistrants(
        this.#known,
        `${this.#prefix}${(this.#cases += 1)}-`,
        this.#access,
      );
      this.#registrants.add(registrants);
      const { file = Buffer.alloc(0), blocks } = this.#swarm;
      const stage = new TrackerStage(context, server, { file, blocks }, registrants);
      if (item.setup().startOnly !== true) await stage.registerKnown();
      return { stage, run: () => item.run(stage) };
    }
    const { running } = item;
    const peer = this.#peer;
    if (item.role === 'peer' && peer !== undefined && typeof running === 'function') {
      await mustBeRunning(peer.server);
      const settings = { peer, known: this.#known.id, blockCount: this.#swarm.blocks };
      const stage = await RunningPeerStage.open(context, settings);
      return { stage, run: () => running(stage) };
    }
    throw new Error(`${item.id} cannot be attempted on a running server.`);
  }

  /** Takes all ids of the suite off the tracker. */
  async close(): Promise<void> {
    const goodbyes = async (): Promise<void> => {
      await Promise.all([...this.#registrants].map((registrants) => registrants.leave()));
      await this.#ask(peerOffline(this.#known.id, this.#known.id));
    };
    await withTimeout(goodbyes(), goodbyesEndWithinMs, () => undefined);
    this.#known.close();
  }

  /**
   * What is wrong with --blocks, if the tracker says another number and serves blocks by it. A tracker that only says it is
   * for the cases to judge.
   */
  async #blocksMismatch(registered: JsonObject | undefined): Promise<string | undefined> {
    const { blocks } = this.#swarm;
    const said = registered?.['total_blocks'];
    if (typeof said !== 'number' || !Number.isInteger(said) || said < 1 || said === blocks) return undefined;
    const lastOfMore = Math.max(said, blocks) - 1;
    const answer = await this.#ask(requestBlockTracker(this.#known.id, lastOfMore));
    const isServed = answer?.['status'] === 'success';
    if (answer === undefined || isServed !== said > blocks) return undefined;
    return `--blocks is ${blocks}, but the tracker shares its file in ${said} blocks: give --blocks ${said}, or start the tracker with ${blocks}.`;
  }

  /** The tracker's answer; undefined without a tracker, or if its answer is no message. */
  async #ask(request: object): Promise<JsonObject | undefined> {
    const { tracker } = this.#swarm;
    if (tracker === undefined) return undefined;
    return (await new Client(new Transcript(), 'suite', () => tracker).ask(request)).value;
  }
}

async function mustBeRunning(server: RunningServer): Promise<void> {
  const end = await server.crash();
  if (end !== undefined) throw new CannotJudge(`not testable: ${end}`);
}
