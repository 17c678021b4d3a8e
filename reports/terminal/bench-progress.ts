import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { GridProgress } from '../../bench/grid.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import { plural, seconds } from '../figures.ts';

/** Shows how far a grid is. */
export interface BenchProgress {
  update(progress: GridProgress): void;
  end(): void;
}

/** A bar on a terminal, a line per swarm elsewhere. */
export function benchProgress(stream: WriteStream): BenchProgress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: WriteStream): BenchProgress {
  const options = { stream, format: '{bar} {value}/{total} swarms  {now}', barsize: 24, hideCursor: true };
  const line = new SingleBar({ ...options, clearOnComplete: true, etaBuffer: 1 }, Presets.shades_classic);
  let started = false;
  return {
    update({ done, total, peers, blocks }) {
      const now = `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
      if (!started) line.start(total, done, { now });
      started = true;
      line.update(done, { now });
    },
    end: () => line.stop(),
  };
}

function lines(stream: NodeJS.WritableStream): BenchProgress {
  return {
    update({ done, total, peers, blocks, sample }) {
      if (!sample) return;
      const swarm = `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
      stream.write(`swarm ${done} of ${total}: ${swarm}, ${summary(sample)}\n`);
    },
    end: () => undefined,
  };
}

function summary({ peers }: BenchmarkSample): string {
  const times = peers.flatMap(({ startToCompleteMs }) => startToCompleteMs ?? []);
  if (times.length === peers.length) return `all complete after ${seconds(Math.max(...times) / 1000)} s`;
  return `${times.length} of ${peers.length} complete`;
}
