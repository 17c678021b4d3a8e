import { expect } from 'chai';
import { defects, loadMutant, type Defect } from '../../selftest/catalogue/broken.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { Session } from '../../launch/session.ts';
import { makeTextFile } from '../../bench/swarm/shared-file.ts';
import { checkDocument } from '../../schemas/validate.ts';
import { interop } from './interop.ts';
import { planSwarms } from './plan-swarms.ts';
import { runObservedSwarm } from './run-observed-swarm.ts';

const options = { blocks: 24, sizeBytes: 2_000, seed: 1, jobs: 2 };
const forever = new AbortController().signal;

describe('interop', () => {
  let session: Session;

  beforeEach(async () => {
    session = await Session.open();
  });
  afterEach(() => session.close());

  function broken(id: string): Promise<Implementation> {
    return loadMutant(defects.find((defect) => defect.id === id) as Defect);
  }

  it('blames the broken implementation of each swarm that fails, and none if it succeeds', async function () {
    this.timeout(120_000);
    const implementations = [
      await loadImplementation(),
      await loadImplementation('impl/python'),
      await broken('info-one-short'),
      await broken('get-peers-lists-requester'),
    ];
    const file = makeTextFile(2_000, 1);
    const settings = {
      session,
      implementations,
      files: { text: file, binary: file },
      blocks: 24,
      interrupt: forever,
    };
    // The pairs that matter: correct with correct, and each broken one with a correct one in the other role.
    const wanted = ['0 1', '1 0', '1 2', '3 0'];
    const plan = planSwarms(implementations).filter(
      ({ kind, tracker, other }) => kind === 'all' || wanted.includes(`${tracker} ${other}`),
    );
    const swarms = await Promise.all(plan.map((swarm) => runObservedSwarm(settings, swarm)));
    const states = swarms.map(({ state, failure }) => [state, ...(failure?.blamed ?? [])].join(' '));
    expect(states).to.deep.equal(['ok', 'ok', 'failed 2', 'failed 3', 'failed 2']);
    expect(swarms[2]?.failure).to.include({ clause: 'peer.have-blocks.shape' });
    expect(swarms[2]?.failure?.message?.text).to.contain('"blocks_info"');
    expect(swarms[3]?.failure).to.include({ culprit: 'tracker', clause: 'tracker.get-peers.never-requester' });
  });

  it('tests text and binary files, and blames a program that exits, with its standard error', async function () {
    this.timeout(60_000);
    const reference = await loadImplementation();
    const command: [string, ...string[]] = ['python3', '-c', 'import sys; sys.exit("no luck")'];
    const { name, peer } = { name: 'dying', peer: { command, output: 'x', onComplete: 'exit' as const } };
    const dying = { ...reference, manifest: { name, peer, timing: { blockMs: 0 } } };
    const result = await interop(session, [reference, dying], options, forever);
    expect(checkDocument('interop-result', result)).to.deep.equal([]);
    const failures = result.swarms.map(({ state, failure }) => [state, failure?.blamed, failure?.stderrTail?.trim()]);
    const dies = ['failed', [1], 'no luck'];
    expect(failures).to.deep.equal([['ok', undefined, undefined], ['ok', undefined, undefined], dies, dies]);
  });
});
