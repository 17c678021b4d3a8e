import type { Program } from '../../launch/process/program.ts';
import { placeholdersPassedTo } from '../../launch/manifest/passed-placeholders.ts';
import { expectSuccess, show } from '../wire/expect.ts';
import { Violation } from '../violation.ts';
import { Client } from '../wire/client.ts';
import type { Address } from '../wire/connection.ts';
import { field, type JsonObject } from '../wire/message.ts';
import { announceBlock, haveBlocksInfo, requestBlock } from '../wire/requests.ts';
import type { SeenRequest } from '../wire/scripted-server.ts';
import { describeExit, expectAlive } from './program-exit.ts';
import { untilComplete, type Patience } from './completion.ts';
import { suiteIntervals, type Context } from './context.ts';
import { sampleBlocks } from './sample-blocks.ts';
import { refusingPeer, ScriptedPeer, type PeerScript } from './scripted-peer.ts';
import { ScriptedTracker, trackerScript, type TrackerScript } from './scripted-tracker.ts';
import type { PeerServerStage } from './server-stage.ts';
import { LaunchedServer } from './server-under-test.ts';
import { actualTiming, type Intervals } from '../../launch/manifest/timing.ts';
import { grantsWithinMs, startsWithinMs } from '../time-limits.ts';

export interface PeerSetup {
  /** The texts of the blocks, as the scripted tracker and peers serve them. */
  readonly blocks?: readonly string[];
  /** The other peers of the swarm; the tracker lists all of them unless its script says otherwise. */
  readonly peers?: readonly PeerScript[];
  readonly tracker?: Partial<TrackerScript>;
  readonly intervals?: Partial<Intervals>;
  /** How many block requests may be in flight, where the program lets the suite choose; one if left out. */
  readonly window?: number;
  /** The registration is not waited for. */
  readonly startOnly?: boolean;
}

/** A request of the subject, and who it went to. */
export type SubjectRequest = SeenRequest & { readonly to: string };

const SUBJECT = 'subject';

/** A peer under test, and the swarm that the suite plays around it: the tracker and all other peers. */
export class PeerStage implements PeerServerStage {
  readonly role = 'peer';
  readonly legal: ReadonlyMap<string, object>;
  readonly context: Context;
  readonly program: Program;
  readonly server: LaunchedServer;
  readonly blocks: readonly string[];
  readonly tracker: ScriptedTracker;
  readonly peers: readonly ScriptedPeer[];
  readonly client: Client;
  readonly known: string;
  #complete = false;

  private constructor(context: Context, program: Program, blocks: readonly string[], swarm: Swarm) {
    this.context = context;
    this.program = program;
    const stays = context.implementation.manifest.peer?.onComplete === 'stay';
    // With which code a peer exits that was seen to be complete is for its own clause.
    this.server = new LaunchedServer(
      program,
      ({ code }) => !stays && (code === 0 || (this.#complete && code !== null)),
    );
    this.blocks = blocks;
    this.tracker = swarm.tracker;
    this.peers = swarm.peers;
    this.known = swarm.peers[0]?.id ?? 'nobody';
    this.client = swarm.peers[0]?.client ?? new Client(context.transcript, this.known, () => this.address);
    this.legal = new Map<string, object>([
      ['have_blocks_info', haveBlocksInfo(this.known)],
      ['request_block', requestBlock(this.known, 0)],
      ['announce_block', announceBlock(this.known, 1)],
    ]);
    void program.exited.then(() => context.transcript.watch.notify());
  }

  /**
   * Starts the peer and waits for its registration. Without a setup the tracker grants blocks 0 and 1, the initial ones,
   * alone, and one known peer has all others and refuses them: the subject unchokes it and stays incomplete.
   */
  static async open(context: Context, setup: PeerSetup = {}): Promise<PeerStage> {
    const { blocks = sampleBlocks(8), peers: scripts = [refusingPeer('ana', [...blocks.keys()].slice(2))] } = setup;
    const intervals = stretched(setup.intervals ?? {}, context.stretch);
    let stage: PeerStage | undefined = undefined;
    const subject = (): Address => stage?.address ?? { host: '127.0.0.1', port: 9 };
    const peers = scripts.map((script) => new ScriptedPeer(context.transcript, script, blocks, subject));
    const script = trackerScript(blocks, peers, context.random, setup.tracker ?? {});
    const tracker = new ScriptedTracker(context.transcript, script);
    for (const peer of peers) await peer.appear(() => context.session.leasePort());
    await tracker.listen();
    const program = await context.session.launch(context.implementation, 'peer', {
      blocks: blocks.length,
      peerId: SUBJECT,
      tracker: { host: '127.0.0.1', port: tracker.port },
      intervals: { ...suiteIntervals, ...intervals },
      window: setup.window ?? 1,
    });
    stage = new PeerStage(withInterval(context, intervals.unchokeMs), program, blocks, { tracker, peers });
    if (setup.startOnly === true) return stage;
    try {
      await stage.until(
        () => tracker.seen('register').length > 0,
        startsWithinMs(stage.context.timing),
        'the peer to register with the tracker',
        () => `no registration; the tracker has seen ${show(tracker.requests.map((request) => request.action))}`,
      );
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** The id that the program was told to take, or the one that it has taken where its manifest passes none on. */
  get subjectId(): string {
    if (placeholdersPassedTo('peer', this.context.implementation.manifest).has('peer_id')) return SUBJECT;
    const id = field(this.tracker.seen('register')[0]?.body, 'peer_id');
    return typeof id === 'string' ? id : SUBJECT;
  }

  get blockCount(): number {
    return this.blocks.length;
  }

  /** Where the subject serves: the port that it registered. */
  get address(): Address {
    const port = field(this.tracker.seen('register').at(-1)?.body, 'listen_port');
    const usable = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536;
    return { host: this.program.host, port: usable ? port : this.program.port };
  }

  /** The scripted peer with this id. */
  peer(id: string): ScriptedPeer {
    const found = this.peers.find((peer) => peer.id === id);
    if (found === undefined) throw new Error(`There is no scripted peer ${id}.`);
    return found;
  }

  /** All requests of the subject so far, in the order of their arrival. */
  requests(): SubjectRequest[] {
    return [this.tracker, ...this.peers]
      .flatMap((server) => server.requests.map((request) => ({ ...request, to: server.name })))
      .sort((a, b) => a.atMs - b.atMs);
  }

  /** Waits until the condition holds; throws a violation when `timeoutMs` have passed or the subject is gone without it. */
  async until(condition: () => boolean, timeoutMs: number, expected: string, actual: () => string): Promise<void> {
    const gone = (): boolean => this.program.exit !== undefined;
    await this.context.transcript.watch.until(() => condition() || gone(), timeoutMs);
    if (condition()) return;
    throw new Violation(`${expected} within ${Math.round(timeoutMs)} ms`, `${actual()}; ${describeExit(this.program)}`);
  }

  /** Waits until the output is the file, byte for byte; see `untilComplete`. */
  async complete(patience: Patience = {}): Promise<void> {
    await untilComplete(this, patience);
    this.#complete = true;
  }

  /** Besides, its initial blocks are there, so that its state stays as it is. */
  async ready(): Promise<void> {
    for (const index of this.tracker.script.initialBlocks) await this.grants(this.client, this.known, index);
  }

  /**
   * Asks for a block until it is granted, for as long as the subject may take to fetch it and to unchoke a peer.
   * @returns the answer that granted it, or undefined
   */
  async grants(client: Client, senderId: string, index: number): Promise<JsonObject | undefined> {
    const { timing, transcript } = this.context;
    const deadlineMs = transcript.nowMs() + grantsWithinMs(timing);
    while (transcript.nowMs() < deadlineMs && this.program.exit === undefined) {
      const { value } = await client.ask(requestBlock(senderId, index));
      if (field(value, 'status') === 'success') return value;
      await transcript.watch.until(() => this.program.exit !== undefined, timing.unchokeMs / 10);
    }
    return undefined;
  }

  async serves(after: string): Promise<void> {
    const expected = `an honest have_blocks_info to be answered with success after ${after}`;
    expectSuccess(await this.client.ask(haveBlocksInfo(this.known)), expected);
    expectAlive(this.program, after);
  }

  /** Which blocks are there, and whether the known peer is still served. */
  async state(): Promise<string> {
    const info = field(expectSuccess(await this.client.ask(haveBlocksInfo(this.known))), 'blocks_info');
    const [index = 0] = this.tracker.script.initialBlocks;
    const { value } = await this.client.ask(requestBlock(this.known, index));
    return `blocks_info ${show(info)}, ${show(field(value, 'status'))} for block ${index} asked for by ${this.known}`;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.server.release();
    for (const server of [this.tracker, ...this.peers]) server.close();
  }
}

interface Swarm {
  readonly tracker: ScriptedTracker;
  readonly peers: readonly ScriptedPeer[];
}

/** The context of a case that asks for an interval of its own, as far as the program can be asked. */
function stretched({ unchokeMs, ...others }: Partial<Intervals>, stretch: number): Partial<Intervals> {
  return { ...others, ...(unchokeMs !== undefined && { unchokeMs: unchokeMs * stretch }) };
}

function withInterval(context: Context, unchokeMs: number | undefined): Context {
  if (unchokeMs === undefined) return context;
  const asked = actualTiming(context.implementation, { ...suiteIntervals, unchokeMs });
  return { ...context, timing: { ...context.timing, unchokeMs: asked.unchokeMs } };
}
