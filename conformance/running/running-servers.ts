import { randomBytes } from 'node:crypto';
import type { Case } from '../cases/case.ts';
import type { Context } from '../stage/context.ts';
import type { ScriptedPeer } from '../stage/scripted-peer.ts';
import type { StagedCase, Servers } from '../judge/attempt/servers.ts';
import { TrackerStage } from '../stage/tracker-stage.ts';
import { CannotJudge } from '../violation.ts';
import { Client } from '../wire/client.ts';
import type { Address } from '../wire/connection.ts';
import { getPeers, haveBlocksInfo, peerOffline, register } from '../wire/requests.ts';
import { Transcript } from '../wire/transcript.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { startRegistrant, RunningTrackerRegistrants, type SwarmAccess } from './running-tracker-registrants.ts';
import { RunningPeerStage } from './running-peer-stage.ts';
import { RunningPeer } from './running-peer.ts';
import { addressText, arrive, RunningPeerServer, RunningServer } from './running-server.ts';

/** Servers that somebody else runs, and what their cases need to know. */
export interface RunningSwarm {
  readonly tracker?: Address | undefined;
  readonly peer?: Address | undefined;
  /** N. */
  readonly blocks: number;
  /** What the tracker shares. */
  readonly file?: Buffer | undefined;
}

/** No longer is waited at the end, for a tracker that answers none of the goodbyes. */
const goodbyeMs = 1_500;

/**
 * Servers that somebody else runs. The suite uses ids that begin with a prefix of the run, listens wherever it registers one,
 * and takes all of them off in the end.
 */
export class RunningServers implements Servers {
  readonly #swarm: RunningSwarm;
  readonly #place: SwarmAccess;
  readonly #known: ScriptedPeer;
  readonly #prefix: string;
  readonly #peer: RunningPeer | undefined;
  readonly #present = new Set<RunningTrackerRegistrants>();
  #cases = 0;

  private constructor(swarm: RunningSwarm, place: SwarmAccess, known: ScriptedPeer, prefix: string) {
    this.#swarm = swarm;
    this.#place = place;
    this.#known = known;
    this.#prefix = prefix;
    if (swarm.peer === undefined) return;
    this.#peer = new RunningPeer(
      new RunningPeerServer(swarm.peer, haveBlocksInfo(known.id)),
      known.id,
      swarm.tracker !== undefined,
    );
  }

  /** @throws UsageError if nobody listens where a server should be */
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
      const arrival = await arrive(address, request);
      if ('problem' in arrival) {
        const where = addressText(address);
        throw new UsageError(
          `${option}: nobody listens at ${where} (${arrival.problem}): start the ${option.slice(2)} first.`,
        );
      }
      localAddress ??= arrival.localAddress;
    }
    const place = { localAddress: localAddress ?? '127.0.0.1', blocks, tracker };
    const servers = new RunningServers(swarm, place, await startRegistrant(known, place), prefix);
    // The sooner it is registered, the sooner the peer learns of it. Whether that works is for the cases.
    if (peer !== undefined) await servers.#tell(register(servers.#known.id, servers.#known.port));
    return servers;
  }

  whySkipped(item: Case): string | undefined {
    const missing = this.#swarm[item.role] === undefined;
    if (missing) return `no ${item.role} to judge is given (--${item.role})`;
    if (item.running !== undefined && item.running !== false) return undefined;
    return `it needs a ${item.role} that is launched for it, not one that is already running`;
  }

  async stage(item: Case, context: Context): Promise<StagedCase> {
    const { tracker } = this.#swarm;
    if (item.role === 'tracker' && tracker !== undefined) {
      const server = new RunningServer(tracker, getPeers(this.#known.id));
      await mustBeThere(server);
      const parties = new RunningTrackerRegistrants(this.#known, `${this.#prefix}${(this.#cases += 1)}-`, this.#place);
      this.#present.add(parties);
      const { file = Buffer.alloc(0), blocks } = this.#swarm;
      const stage = new TrackerStage(context, server, { file, blocks }, parties);
      if (item.setup().startOnly !== true) await stage.appear();
      return { stage, run: () => item.run(stage) };
    }
    const { running } = item;
    const peer = this.#peer;
    if (item.role === 'peer' && peer !== undefined && typeof running === 'function') {
      await mustBeThere(peer.server);
      const settings = { peer, known: this.#known.id, blockCount: this.#swarm.blocks };
      const stage = await RunningPeerStage.open(context, settings);
      return { stage, run: () => running(stage) };
    }
    throw new Error(`${item.id} cannot be played on a running server.`);
  }

  /** Takes off whatever ids of the suite are registered. */
  async close(): Promise<void> {
    const goodbyes = async (): Promise<void> => {
      await Promise.all([...this.#present].map((parties) => parties.leave()));
      await this.#tell(peerOffline(this.#known.id, this.#known.id));
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, goodbyeMs)));
    await Promise.race([goodbyes(), late]);
    clearTimeout(timer);
    this.#known.close();
  }

  async #tell(request: object): Promise<void> {
    const { tracker } = this.#swarm;
    if (tracker === undefined) return;
    await new Client(new Transcript(), 'suite', () => tracker).ask(request);
  }
}

async function mustBeThere(server: RunningServer): Promise<void> {
  const end = await server.crash();
  if (end !== undefined) throw new CannotJudge(`not testable: ${end}`);
}
