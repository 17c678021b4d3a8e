import { expect } from 'chai';
import { defects, implementationWith, type Defect } from '../../impl/broken/catalogue.ts';
import { loadImplementation, type Implementation } from '../../impl/launch/manifest.ts';
import { Run } from '../../impl/launch/run.ts';
import { blameCounts, interopMatrix } from '../../reports/interop-matrix.ts';
import { checkDocument } from '../../schemas/validate.ts';
import { interop } from './interop.ts';

const options = { blocks: 16, sizeBytes: 2_000, seed: 1, jobs: 2 };
const forever = new AbortController().signal;

describe('interop', () => {
  let run: Run;

  beforeEach(async () => {
    run = await Run.open();
  });
  afterEach(() => run.close());

  function bad(id: string): Promise<Implementation> {
    return implementationWith(defects.find((defect) => defect.id === id) as Defect);
  }

  it('lets good ones complete, text and binary, and blames the bad one of each swarm that fails', async function () {
    this.timeout(180_000);
    const implementations = [
      await loadImplementation(),
      await loadImplementation('impl/python'),
      await bad('info-one-short'),
      await bad('get-peers-lists-requester'),
    ];
    const result = await interop(run, implementations, options, forever);
    expect(checkDocument('interop-result', result)).to.deep.equal([]);
    expect(result.verdict).to.equal('failures');
    const cells = interopMatrix(result).map((row) => row.map(({ state, blamed }) => [state, ...blamed].join(' ')));
    expect(cells.slice(0, 2).map((row) => row.slice(0, 2))).to.deep.equal([
      ['ok', 'ok'],
      ['ok', 'ok'],
    ]);
    // Whose tracker it is does not matter to a peer that answers wrongly, nor whose peers to a tracker that does.
    expect(cells.map((row) => row[2])).to.deep.equal(['failed 2', 'failed 2', 'failed 2', cells[3]?.[2]]);
    expect(cells[3]?.slice(0, 2)).to.deep.equal(['failed 3', 'failed 3']);
    expect(blameCounts(result).map(({ number }) => number)).to.have.members([2, 3]);
    expect(result.swarms.filter(({ file }) => file.kind === 'binary').map(({ state }) => state)).to.deep.equal(['ok']);
    const failure = result.swarms.find(({ tracker, other }) => tracker === 3 && other === 0)?.failure;
    expect(failure).to.include({ culprit: 'tracker', clause: 'tracker.get-peers.never-requester' });
    expect(failure?.message?.text).to.contain('"peers"');
  });

  it('blames a program that ends for its own swarms, with its exit code', async function () {
    this.timeout(60_000);
    const reference = await loadImplementation();
    const command: [string, ...string[]] = ['python3', '-c', 'import sys; sys.exit("no luck")'];
    const { name, peer } = { name: 'dying', peer: { command, output: 'x', onComplete: 'exit' as const } };
    const dying = { ...reference, manifest: { name, peer, timing: { blockMs: 0 } } };
    const result = await interop(run, [reference, dying], options, forever);
    const failures = result.swarms.map(({ state, failure }) => [state, failure?.blamed, failure?.stderrTail?.trim()]);
    const dies = ['failed', [1], 'no luck'];
    expect(failures).to.deep.equal([['ok', undefined, undefined], ['ok', undefined, undefined], dies, dies]);
  });
});
