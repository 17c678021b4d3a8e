// Checks the relay's counts against those of the programs, in swarms of the reference of random sizes. Run by
// `npm run counts-proof`.
import { Command } from 'commander';
import pLimit from 'p-limit';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { integer } from '../../cli/options/numbers.ts';
import { withSession } from '../../cli/session/with-session.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Session } from '../../launch/session.ts';
import { makeTextFile } from '../../bench/swarm/shared-file.ts';
import { counterDifferences, withCounterLog } from './own-counters.ts';
import { runSmallSwarm } from './small-swarm.ts';
import { script } from '../../cli/session/script.ts';

interface Options {
  readonly swarms: number;
  readonly seed: number;
  readonly jobs: number;
}

const program = new Command('counts-proof')
  .description('compare the counts of the relay with those that the programs of the reference keep themselves')
  .option('--swarms <n>', 'number of swarms, of random sizes', integer('--swarms', 1, 100_000), 100)
  .option('--seed <n>', 'random seed of the sizes', integer('--seed', 0, 2 ** 31 - 1), 1)
  .option('--jobs <n>', 'swarms to run at the same time', integer('--jobs', 1, 64), 2);

await script(() => {
  const { swarms, seed, jobs } = program.exitOverride().parse().opts<Options>();
  return withSession({}, async (session) => {
    const random = xoroshiro128plus(seed);
    const sizes = Array.from({ length: swarms }, () => randomSize(random));
    const limit = pLimit(jobs);
    const results = await Promise.all(sizes.map((size) => limit(() => countsAgree(session, size))));
    const equal = results.filter((result) => result).length;
    console.log(`The counts are equal in ${equal} of ${swarms} swarms (seed ${seed}).`);
    return equal === swarms ? 0 : 1;
  });
});

interface SwarmSize {
  readonly peers: number;
  readonly blocks: number;
  readonly sizeBytes: number;
  readonly window: number;
}

function randomSize(random: RandomGenerator): SwarmSize {
  return {
    peers: uniformInt(random, 1, 6),
    blocks: uniformInt(random, 1, 60),
    sizeBytes: uniformInt(random, 0, 50_000),
    window: uniformInt(random, 1, 8),
  };
}

/** Runs a swarm, and prints where the counts differ. */
async function countsAgree(session: Session, size: SwarmSize): Promise<boolean> {
  const { counter, tracker, peers } = await runSmallSwarm(session, {
    ...size,
    implementation: withCounterLog(await loadImplementation()),
    trackerPort: await session.leasePort(),
    peerPorts: await Promise.all(Array.from({ length: size.peers }, () => session.leasePort())),
    file: makeTextFile(size.sizeBytes, 1),
  });
  const differences = [...counter.gaps, ...counterDifferences(counter, tracker, peers)];
  const name = `${size.peers} peers, ${size.blocks} blocks, ${size.sizeBytes} bytes, window ${size.window}`;
  console.log(`${name}: ${differences.length === 0 ? 'equal' : differences.join('; ')}`);
  return differences.length === 0;
}
