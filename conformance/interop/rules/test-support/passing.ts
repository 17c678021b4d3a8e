// For the tests of the rules: hand-made observations of a swarm whose tracker is 'tracker' and whose peers are 0, 1, 2.
import { FileTruth } from '../../file-truth.ts';
import { Knowledge } from '../../knowledge.ts';
import type { Finding, Observation, RequestSeen, Unanswered } from '../../observation.ts';
import type { SwarmNode } from '../../../../bench/relay/swarm-node.ts';
import { check } from '../../observer.ts';

/** Four blocks of three bytes. */
const file = Buffer.from('aé;bç;cñ;dü;');
const blockTexts = ['aé;', 'bç;', 'cñ;', 'dü;'];

/** Lets messages pass, one each second, and tells what the judge finds of each. */
export class Passing {
  readonly knowledge = new Knowledge(new FileTruth(file, blockTexts.length), blockTexts.length);
  #nowMs = 0;

  /** A request: what is found of it. */
  request(client: SwarmNode, server: SwarmNode, message: object | string, before: object[] = []): Finding | undefined {
    return this.#pass(this.#seen(client, server, message, before));
  }

  /** A request and its response: what is found of the response. The request must be fine. */
  exchange(client: SwarmNode, server: SwarmNode, message: object, response: object | string): Finding | undefined {
    const request = this.#seen(client, server, message);
    const found = this.#pass(request);
    if (found) throw new Error(`The request itself is wrong: it ${found.sentence}.`);
    return this.#pass({ ...this.#seen(client, server, response), kind: 'response', request });
  }

  /** A response that nothing asked for. */
  unasked(client: SwarmNode, server: SwarmNode, response: object): Finding | undefined {
    return this.#pass({ ...this.#seen(client, server, response), kind: 'response', request: undefined });
  }

  /** A request that is not answered. */
  unanswered(
    client: SwarmNode,
    server: SwarmNode,
    message: object,
    how: Unanswered['how'],
    waitedMs = 0,
  ): Finding | undefined {
    const request = this.#seen(client, server, message);
    this.#pass(request);
    const { edge, atMs } = request;
    return this.#pass({ kind: 'unanswered', edge, atMs: atMs + waitedMs, request, how, unfinished: false });
  }

  refused(client: SwarmNode, server: SwarmNode): Finding | undefined {
    return this.#pass({ kind: 'refused', edge: { client, server, connection: 1 }, atMs: (this.#nowMs += 1_000) });
  }

  /** A peer registers, as all do: its id is `peer0`, its port 5000, and so on. */
  register(peer: number, rest: object = {}): Finding | undefined {
    const request = { action: 'register', peer_id: `peer${peer}`, listen_port: 5000 + peer };
    const peers = Array.from({ length: peer }, (_, other) => entry(other));
    return this.exchange(peer, 'tracker', request, { status: 'success', initial_blocks: [], peers, ...rest });
  }

  /** The tracker gives a block. */
  give(peer: number, index: number, rest: object = {}): Finding | undefined {
    const request = { action: 'request_block_tracker', sender_id: `peer${peer}`, block_index: index };
    return this.exchange(peer, 'tracker', request, block(index, rest));
  }

  #seen(client: SwarmNode, server: SwarmNode, message: object | string, before: object[] = []): RequestSeen {
    const edge = { client, server, connection: 1 };
    const reading = typeof message === 'string' ? { problem: message } : { value: message as Record<string, unknown> };
    const earlier = before as Record<string, unknown>[];
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return { kind: 'request', edge, atMs: (this.#nowMs += 1_000), reading, text, before: earlier };
  }

  #pass(observation: Observation): Finding | undefined {
    const found = check(observation, this.knowledge);
    this.knowledge.learn(observation);
    return found;
  }
}

export function entry(peer: number): object {
  return { peer_id: `peer${peer}`, ip: '127.0.0.1', port: 5000 + peer };
}

export function block(index: number, rest: object = {}): object {
  return { status: 'success', block_index: index, block_data: blockTexts[index], ...rest };
}
