import { KnownBlocks } from '../../known-blocks.ts';
import { SwarmModel } from '../../swarm-model.ts';
import type { Finding, Observation, ObservedRequest, UnansweredRequest } from '../../observation.ts';
import type { SwarmNode } from '../../../../bench/relay/swarm-node.ts';
import { checkObservation } from '../check-observation.ts';

/** Four blocks of three bytes. */
const file = Buffer.from('aé;bç;cñ;dü;');
const blockTexts = ['aé;', 'bç;', 'cñ;', 'dü;'];

/** Fake observations of a swarm with peers 0, 1, 2, one each second, and what the rules find in them. */
export class FakeTraffic {
  readonly model = new SwarmModel(new KnownBlocks(file, blockTexts.length), blockTexts.length);
  #nowMs = 0;

  /** A request. @returns what the rules find in it */
  request(client: SwarmNode, server: SwarmNode, message: object | string, before: object[] = []): Finding | undefined {
    return this.#pass(this.#request(client, server, message, before));
  }

  /** A request, which must be right, and its response. @returns what the rules find in the response */
  exchange(client: SwarmNode, server: SwarmNode, message: object, response: object | string): Finding | undefined {
    const request = this.#request(client, server, message);
    const found = this.#pass(request);
    if (found) throw new Error(`The request itself is wrong: it ${found.sentence}.`);
    return this.#pass({
      ...this.#request(client, server, response),
      kind: 'response',
      request,
      isAfterHalfClose: false,
    });
  }

  /** A response without a request. */
  unasked(client: SwarmNode, server: SwarmNode, response: object): Finding | undefined {
    return this.#pass({
      ...this.#request(client, server, response),
      kind: 'response',
      request: undefined,
      isAfterHalfClose: false,
    });
  }

  /** A request that is not answered. */
  unanswered(
    client: SwarmNode,
    server: SwarmNode,
    message: object,
    how: UnansweredRequest['how'],
    waitedMs = 0,
  ): Finding | undefined {
    const request = this.#request(client, server, message);
    this.#pass(request);
    const { connection, atMs } = request;
    return this.#pass({
      kind: 'unanswered',
      connection,
      atMs: atMs + waitedMs,
      request,
      how,
      waitedMs,
      unfinished: false,
    });
  }

  refused(client: SwarmNode, server: SwarmNode): Finding | undefined {
    return this.#pass({ kind: 'refused', connection: { client, server, number: 1 }, atMs: (this.#nowMs += 1_000) });
  }

  /** A peer registers: peer 0 has the id `peer0` and the port 5000, and so on. */
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

  #request(client: SwarmNode, server: SwarmNode, message: object | string, before: object[] = []): ObservedRequest {
    const connection = { client, server, number: 1 };
    const reading = typeof message === 'string' ? { problem: message } : { value: message as Record<string, unknown> };
    const earlier = before as Record<string, unknown>[];
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    return { kind: 'request', connection, atMs: (this.#nowMs += 1_000), reading, text, before: earlier };
  }

  #pass(observation: Observation): Finding | undefined {
    const found = checkObservation(observation, this.model);
    this.model.learn(observation);
    return found;
  }
}

export function entry(peer: number): object {
  return { peer_id: `peer${peer}`, ip: '127.0.0.1', port: 5000 + peer };
}

export function block(index: number, rest: object = {}): object {
  return { status: 'success', block_index: index, block_data: blockTexts[index], ...rest };
}
