import { ProgramError } from '../../launch/process/program-error.ts';
import type { Program } from '../../launch/process/program.ts';
import { placeholdersPassedTo } from '../../launch/manifest/passed-placeholders.ts';
import { show } from '../wire/expect.ts';
import { TimedViolation } from '../violation.ts';
import { Client } from '../wire/client.ts';
import { askUntilGranted, isGrant } from './ask-until-granted.ts';
import type { Address } from '../../launch/ports/address.ts';
import { poll } from '../../launch/poll.ts';
import { isListening } from '../../launch/ports/is-listening.ts';
import { field, type JsonObject } from '../wire/message.ts';
import { haveBlocksInfo, requestBlock } from '../wire/requests.ts';
import type { SeenRequest } from '../wire/scripted-server.ts';
import { describeExit, expectRunning } from './program-exit.ts';
import { untilComplete, type Patience } from './completion/completion.ts';
import { toldIntervals, withUnchokeInterval, type CaseIntervals, type Context } from './context.ts';
import { askBlocksInfo, otherId, validPeerRequests } from './peer-requests.ts';
import { sampleBlocks } from './sample-blocks.ts';
import { refusingPeer, ScriptedPeer, type PeerScript } from './scripted-peer.ts';
import { ScriptedTracker, trackerScript, type TrackerScript } from './scripted-tracker.ts';
import type { PeerServerStage } from './server-stage.ts';
import { LaunchedServer } from './server-under-test.ts';
import { grantsWithinMs, listensLateWithinMs, startsWithinMs } from '../time-limits.ts';

export interface PeerSetup extends CaseIntervals {
  /** The texts of the blocks, as the scripted tracker and peers serve them. */
  readonly blocks?: readonly string[];
  /** The other peers of the swarm; by default the tracker lists all of them. */
  readonly peers?: readonly PeerScript[];
  readonly tracker?: Partial<TrackerScript>;
  /** How many block requests may be in flight, where the program has an option for it; default 1. */
  readonly window?: number;
  /** The stage is ready before the peer registers. */
  readonly startOnly?: boolean;
}

/** A request of the subject, with the name of its receiver. */
export type SubjectRequest = SeenRequest & { readonly to: string };

const givenId = 'subject';

/** A peer that the tracker lists where its list would be empty. */
const company: PeerScript = { id: 'vazio', holds: new Set() };

/** A peer under test in a swarm that the suite simulates: the tracker and all other peers. */
export class PeerStage implements PeerServerStage {
  readonly role = 'peer';
  readonly validRequests: ReadonlyMap<string, object>;
  readonly context: Context;
  readonly program: Program;
  readonly server: LaunchedServer;
  readonly blocks: readonly string[];
  readonly tracker: ScriptedTracker;
  readonly peers: readonly ScriptedPeer[];
  readonly client: Client;
  readonly known: string;
  readonly #spare: readonly ScriptedPeer[];
  #complete = false;

  private constructor(context: Context, program: Program, blocks: readonly string[], swarm: Swarm) {
    this.context = context;
    this.program = program;
    const stays = context.implementation.manifest.peer?.onComplete === 'stay';
    // The exit code of a complete peer has a clause of its own.
    this.server = new LaunchedServer(
      program,
      ({ code }) => !stays && (code === 0 || (this.#complete && code !== null)),
    );
    this.blocks = blocks;
    this.tracker = swarm.tracker;
    this.peers = swarm.peers;
    this.#spare = swarm.spare;
    this.known = swarm.peers[0]?.id ?? 'nobody';
    this.client =
      swarm.peers[0]?.client ?? new Client(context.transcript, this.known, () => this.address, context.manner);
    this.validRequests = validPeerRequests(this.known, { requested: 0, announced: 1 });
    void program.exited.then(() => context.transcript.watch.notify());
  }

  /**
   * Starts the peer and waits for its registration. By default the tracker grants only the initial blocks 0 and 1, and one
   * known peer has all others and refuses them: the subject unchokes it and stays incomplete.
   */
  static async open(context: Context, setup: PeerSetup = {}): Promise<PeerStage> {
    const { manner, transcript } = context;
    const { blocks = sampleBlocks(8), peers: scripts = [refusingPeer('ana', [...blocks.keys()].slice(2))] } = setup;
    let stage: PeerStage | undefined = undefined;
    const subject = (): Address => stage?.address ?? { host: '127.0.0.1', port: 9 };
    const peers = scripts.map((script) => new ScriptedPeer(transcript, script, blocks, subject, manner));
    const script = trackerScript(blocks, peers, context.random, setup.tracker ?? {});
    if (manner.has('some-block-designated') && script.initialBlocks.length === 0) script.initialBlocks = [0];
    const spare = manner.has('some-peer-listed')
      ? [new ScriptedPeer(transcript, company, blocks, subject, manner)]
      : [];
    const tracker = new ScriptedTracker(transcript, script, blocks, manner, spare);
    for (const peer of [...peers, ...spare]) await peer.start(() => context.session.leasePort());
    await tracker.listen();
    const program = await context.session.launch(context.implementation, 'peer', {
      blocks: blocks.length,
      peerId: givenId,
      tracker: { host: '127.0.0.1', port: tracker.port },
      intervals: toldIntervals(setup, context),
      window: setup.window ?? 1,
    });
    stage = new PeerStage(withUnchokeInterval(setup, context), program, blocks, { tracker, peers, spare });
    if (setup.startOnly === true) return stage;
    try {
      await stage.until(
        () => tracker.seen('register').length > 0,
        startsWithinMs(stage.context.timing),
        'a registration with the tracker',
        () => `no registration; the tracker received ${show(tracker.requests.map((request) => request.action))}`,
      );
      if (!script.probesListener) await stage.#untilListening();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  /** Waits until it listens: whether it does so before it registers is for a clause of its own. */
  async #untilListening(): Promise<void> {
    const settled = async (): Promise<boolean> =>
      this.program.exit !== undefined || (await isListening(this.address.port));
    await poll(settled, listensLateWithinMs);
  }

  /** The id that the program was given or, if its manifest passes none, the one that it registered. */
  get subjectId(): string {
    if (placeholdersPassedTo('peer', this.context.implementation.manifest).has('peer_id')) return givenId;
    const id = field(this.tracker.seen('register')[0]?.body, 'peer_id');
    return typeof id === 'string' ? id : givenId;
  }

  get blockCount(): number {
    return this.blocks.length;
  }

  /** The subject's server, at the port that it registered. */
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

  /** All requests of the subject so far, in order of arrival. */
  requests(): SubjectRequest[] {
    return [this.tracker, ...this.peers]
      .flatMap((server) => server.requests.map((request) => ({ ...request, to: server.name })))
      .sort((a, b) => a.atMs - b.atMs);
  }

  /** Waits until the condition holds. @throws Violation after `timeoutMs`, or when the subject has ended without it */
  async until(condition: () => boolean, timeoutMs: number, expected: string, actual: () => string): Promise<void> {
    const hasEnded = (): boolean => this.program.exit !== undefined;
    await this.context.transcript.watch.until(() => condition() || hasEnded(), timeoutMs);
    if (condition()) return;
    this.#expectStarted();
    throw new TimedViolation(
      `${expected} within ${Math.round(timeoutMs)} ms`,
      `${actual()}; ${describeExit(this.program)}`,
    );
  }

  /** @throws ProgramError if it ended before it sent anything, so that a clause cannot be to blame */
  #expectStarted(): void {
    const { requests, streamProblem, strayProblem } = this.tracker;
    const hasSent = requests.length > 0 || (streamProblem ?? strayProblem) !== undefined;
    if (this.program.exit === undefined || hasSent) return;
    const output = { stdout: this.program.stdout(), stderr: this.program.stderr() };
    throw new ProgramError('exited', `The peer sent nothing to its tracker; ${describeExit(this.program)}.`, output);
  }

  /** Whether its blocks_info is true for every block. */
  async saysComplete(): Promise<boolean> {
    const { value } = await this.client.ask(haveBlocksInfo(this.known));
    const info = field(value, 'blocks_info');
    return Array.isArray(info) && info.length > 0 && info.every((has) => has === true);
  }

  /** Waits until it is complete; see `untilComplete`. */
  async complete(patience: Patience = {}): Promise<void> {
    await untilComplete(this, patience);
    this.#complete = true;
  }

  /** Waits for its initial blocks, too, so that its state does not change any more. */
  async ready(): Promise<void> {
    for (const index of this.tracker.script.initialBlocks) await this.grants(this.client, this.known, index);
  }

  /**
   * Requests a block until it is granted, for as long as the subject may take to fetch it and to unchoke a peer.
   * @returns the answer that granted it; undefined if none did
   */
  async grants(client: Client, senderId: string, index: number): Promise<JsonObject | undefined> {
    const answer = await askUntilGranted(this, client, senderId, index);
    return isGrant(answer) ? answer?.value : undefined;
  }

  /** Requests a block until it is granted. @throws Violation that says what came instead, if it is not granted in time */
  async expectGrant(client: Client, senderId: string, index: number, expected: string): Promise<JsonObject> {
    const answer = await askUntilGranted(this, client, senderId, index);
    if (answer?.value !== undefined && isGrant(answer)) return answer.value;
    const refusal = answer?.value === undefined ? answer?.problem : show(answer.value);
    throw new TimedViolation(
      `${expected} within ${grantsWithinMs(this.context.timing)} ms`,
      refusal === undefined ? 'no answer' : `none; the last answer: ${refusal}`,
    );
  }

  async serves(after: string): Promise<void> {
    await askBlocksInfo(this.client, this.known, `success for a valid have_blocks_info after ${after}`);
    expectRunning(this.program, after);
  }

  /** The blocks that it has, and whether it still serves the known peer. */
  async state(): Promise<string> {
    const info = await askBlocksInfo(this.client, this.known);
    const [index = 0] = this.tracker.script.initialBlocks;
    const { value } = await this.client.ask(requestBlock(this.known, index));
    return `blocks_info ${show(info)}, ${show(field(value, 'status'))} for a request of ${this.known} for block ${index}`;
  }

  async close(): Promise<void> {
    const other = otherId(this.requests());
    if (other !== undefined) this.context.transcript.readPast('other-id', show(other));
    this.client.close();
    await this.server.release();
    for (const server of [this.tracker, ...this.peers, ...this.#spare]) server.close();
  }
}

interface Swarm {
  readonly tracker: ScriptedTracker;
  readonly peers: readonly ScriptedPeer[];
  /** Listed where no peer would be. */
  readonly spare: readonly ScriptedPeer[];
}
