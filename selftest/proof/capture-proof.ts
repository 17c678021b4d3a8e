// Checks the relay's counts against a packet capture of the same swarm of Python programs. The capture contains the
// connections from the relay to the programs, whose ports are known. Run by `npm run capture-proof`.
import { Command } from 'commander';
import { integer } from '../../cli/options/numbers.ts';
import { withSession } from '../../cli/session/with-session.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../launch/package-root.ts';
import { makeTextFile } from '../../bench/swarm/shared-file.ts';
import { Capture } from './capture.ts';
import { countCapture } from './count-capture.ts';
import { edgeDifferences } from './edge-differences.ts';
import { tcpSegments } from './pcap.ts';
import { script } from '../../cli/session/script.ts';
import { peerName, runSmallSwarm } from './small-swarm.ts';

interface Options {
  readonly peers: number;
  readonly blocks: number;
}

const program = new Command('capture-proof')
  .description('compare the counts of the relay with a packet capture (tcpdump) of a swarm of Python programs')
  .option('--peers <n>', 'number of peers', integer('--peers', 1, 50), 5)
  .option('--blocks <n>', 'number of blocks', integer('--blocks', 1, 10_000), 40);

await script(() => {
  const options = program.exitOverride().parse().opts<Options>();
  return withSession({}, async (session) => {
    const implementation = await loadImplementation(`${packageRoot}/impl/python`);
    const trackerPort = await session.leasePort();
    const peerPorts = await Promise.all(Array.from({ length: options.peers }, () => session.leasePort()));
    const capture = await Capture.start([trackerPort, ...peerPorts]);
    const swarm = { implementation, trackerPort, peerPorts, blocks: options.blocks, window: 1 };
    const { counter } = await runSmallSwarm(session, { ...swarm, file: makeTextFile(100_000, 1) }).catch(
      (error: unknown) => {
        capture.kill();
        throw error;
      },
    );
    const segments = tcpSegments(await capture.stop());
    const names = new Map(peerPorts.map((_port, number) => [peerName(number), number]));
    const ports = { tracker: trackerPort, peers: peerPorts };
    const captured = countCapture(segments, ports, (name) => names.get(name) ?? -1);
    const differences = [...counter.gaps, ...edgeDifferences(counter, captured)];
    for (const difference of differences) console.log(difference);
    const edges = [...captured.edges];
    const requests = edges.flatMap((edge) => Object.values(edge.requests)).reduce((sum, count) => sum + count, 0);
    const size = `${segments.length} packets, ${edges.length} edges, ${requests} requests`;
    console.log(`The counts are ${differences.length === 0 ? 'equal' : 'different'}: ${size}.`);
    return differences.length === 0 ? 0 : 1;
  });
});
