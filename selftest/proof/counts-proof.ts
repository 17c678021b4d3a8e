// Shows that what the relay counts is what the programs themselves count, in swarms of the reference of random sizes.
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
import { countsThatDiffer, withCounterLog } from './own-counters.ts';
import { runSmallSwarm } from './small-swarm.ts';
import { script } from '../../cli/session/script.ts';

interface Options {
  readonly swarms: number;
  readonly seed: number;
  readonly jobs: number;
}

const program = new Command('counts-proof')
  .description('compare what the relay counts with what the programs of the reference count themselves')
  .option('--swarms <n>', 'how many swarms, of random sizes', integer('--swarms', 1, 100_000), 100)
  .option('--seed <n>', 'seed of the sizes', integer('--seed', 0, 2 ** 31 - 1), 1)
  .option('--jobs <n>', 'swarms at the same time', integer('--jobs', 1, 64), 2);

await script(() => {
  const { swarms, seed, jobs } = program.exitOverride().parse().opts<Options>();
  return withSession({}, async (session) => {
    const random = xoroshiro128plus(seed);
    const plans = Array.from({ length: swarms }, () => drawPlan(random));
    const limit = pLimit(jobs);
    const results = await Promise.all(plans.map((plan) => limit(() => isEqual(session, plan))));
    const equal = results.filter((result) => result).length;
    console.log(`equal in ${equal} of ${swarms} (seed ${seed})`);
    return equal === swarms ? 0 : 1;
  });
});

interface Plan {
  readonly peers: number;
  readonly blocks: number;
  readonly sizeBytes: number;
  readonly window: number;
}

function drawPlan(random: RandomGenerator): Plan {
  return {
    peers: uniformInt(random, 1, 6),
    blocks: uniformInt(random, 1, 60),
    sizeBytes: uniformInt(random, 0, 50_000),
    window: uniformInt(random, 1, 8),
  };
}

/** Runs a swarm, and prints where its counts differ. */
async function isEqual(session: Session, plan: Plan): Promise<boolean> {
  const {
    counter: counter,
    tracker,
    peers,
  } = await runSmallSwarm(session, {
    ...plan,
    implementation: withCounterLog(await loadImplementation()),
    trackerPort: await session.leasePort(),
    peerPorts: await Promise.all(Array.from({ length: plan.peers }, () => session.leasePort())),
    file: makeTextFile(plan.sizeBytes, 1),
  });
  const differences = [...counter.gaps, ...countsThatDiffer(counter, tracker, peers)];
  const size = `${plan.peers} peers, ${plan.blocks} blocks, ${plan.sizeBytes} bytes, window ${plan.window}`;
  console.log(`${size}: ${differences.length === 0 ? 'equal' : differences.join('; ')}`);
  return differences.length === 0;
}
