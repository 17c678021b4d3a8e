import fc from 'fast-check';
import type { SwarmNode } from '../../../../bench/relay/swarm-node.ts';
import type { JsonObject } from '../../../wire/message.ts';
import { KnownBlocks } from '../../known-blocks.ts';
import type { Finding, Observation, ObservedRequest } from '../../observation.ts';
import { SwarmModel } from '../../swarm-model.ts';
import { checkObservation } from '../check-observation.ts';
import { ModelPrograms, type Defect, type Step } from './model-programs.ts';

const peers = 4;
const blockTexts = ['aé;', 'bç;', 'cñ;', 'dü;'];
const actions = ['register', 'get_peers', 'peer_offline', 'request_block_tracker', 'request_block', 'have_blocks_info'];

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(...actions, 'register', 'request_block_tracker', 'announce_block', 'announce_block'),
  client: fc.nat(peers - 1),
  other: fc.nat(peers - 1),
  block: fc.nat(blockTexts.length - 1),
  coin: fc.boolean(),
  atMs: fc.nat(200),
  actsAfterMs: fc.nat(20),
  answersAfterMs: fc.nat(20),
});

/** Steps whose exchanges overlap at random. */
export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 20, maxLength: 120 });

/** Runs the steps on model programs, one of which may be defective. @returns what the rules find first */
export function firstFinding(all: readonly Step[], defect?: Defect): Finding | undefined {
  const model = new SwarmModel(new KnownBlocks(Buffer.from(blockTexts.join('')), blockTexts.length), blockTexts.length);
  const programs = new ModelPrograms(blockTexts, peers, defect);
  let first: Finding | undefined;
  const observe = (observation: Observation): void => {
    first ??= checkObservation(observation, model);
    model.learn(observation);
  };
  const events: { atMs: number; run: () => void }[] = [];
  const later = (atMs: number, run: () => void): void => {
    const at = events.findIndex((event) => event.atMs > atMs);
    events.splice(at < 0 ? events.length : at, 0, { atMs, run });
  };
  for (const [number, one] of all.entries()) {
    later(one.atMs, () => {
      const sent = programs.request(one);
      if (!sent) return;
      const observed = observedRequest(one.client, sent.server, number, one.atMs, sent.request);
      observe(observed);
      later(one.atMs + one.actsAfterMs, () => {
        const response = programs.act(one, sent.server);
        const atMs = one.atMs + one.actsAfterMs + one.answersAfterMs;
        later(atMs, () => {
          const reading = { value: response };
          observe({ ...observed, kind: 'response', atMs, reading, request: observed, isAfterHalfClose: false });
          programs.receive(one, response);
        });
      });
    });
  }
  for (let event = events.shift(); event; event = events.shift()) event.run();
  return first;
}

function observedRequest(
  client: number,
  server: SwarmNode,
  number: number,
  atMs: number,
  value: JsonObject,
): ObservedRequest {
  const connection = { client, server, number };
  return { kind: 'request', connection, atMs, reading: { value }, text: JSON.stringify(value), before: [] };
}
