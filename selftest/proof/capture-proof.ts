// Shows that what the relay counts is what a packet capture of the same swarm holds. The swarm is one of the Python
// implementation; captured are the connections from the relay to the programs, whose ports are known.
import { Command } from 'commander';
import { integer } from '../../cli/options/numbers.ts';
import { withSession } from '../../cli/session/with-session.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../launch/package-root.ts';
import { makeTextFile } from '../../bench/swarm/shared-file.ts';
import { Capture } from './capture.ts';
import { capturedTraffic } from './captured-traffic.ts';
import { linksThatDiffer } from './links-that-differ.ts';
import { tcpSegments } from './pcap.ts';
import { script } from '../../cli/session/script.ts';
import { peerName, runSmallSwarm } from './small-swarm.ts';

interface Options {
  readonly peers: number;
  readonly blocks: number;
}

const program = new Command('capture-proof')
  .description('compare what the relay counts with a packet capture (tcpdump) of a swarm of Python programs')
  .option('--peers <n>', 'how many peers', integer('--peers', 1, 50), 5)
  .option('--blocks <n>', 'how many blocks', integer('--blocks', 1, 10_000), 40);

await script(() => {
  const options = program.exitOverride().parse().opts<Options>();
  return withSession({}, async (session) => {
    const implementation = await loadImplementation(`${packageRoot}/impl/python`);
    const trackerPort = await session.leasePort();
    const peerPorts = await Promise.all(Array.from({ length: options.peers }, () => session.leasePort()));
    const capture = await Capture.start([trackerPort, ...peerPorts]);
    const swarm = { implementation, trackerPort, peerPorts, blocks: options.blocks, window: 1 };
    const { counter: counter } = await runSmallSwarm(session, { ...swarm, file: makeTextFile(100_000, 1) }).catch(
      (error: unknown) => {
        capture.kill();
        throw error;
      },
    );
    const segments = tcpSegments(await capture.stop());
    const names = new Map(peerPorts.map((_port, number) => [peerName(number), number]));
    const ports = { tracker: trackerPort, peers: peerPorts };
    const captured = capturedTraffic(segments, ports, (name) => names.get(name) ?? -1);
    const differences = [...counter.gaps, ...linksThatDiffer(counter, captured)];
    for (const difference of differences) console.log(difference);
    const links = [...captured.edges];
    const requests = links.flatMap((edge) => Object.values(edge.requests)).reduce((sum, count) => sum + count, 0);
    const size = `${segments.length} packets, ${links.length} links, ${requests} requests`;
    console.log(`${differences.length === 0 ? 'equal' : 'not equal'}: ${size}`);
    return differences.length === 0 ? 0 : 1;
  });
});
