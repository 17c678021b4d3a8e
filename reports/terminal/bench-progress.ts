import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { GridProgress } from '../../bench/grid/grid.ts';
import type { BenchmarkSample } from '../../schemas/types.ts';
import { inSeconds, swarmSize } from '../figures.ts';
import { progressText, swarmsDone } from './bench-progress-text.ts';

export interface BenchProgress {
  update(progress: GridProgress): void;
  end(): void;
}

/** The time in milliseconds. */
type Clock = () => number;

const lineEveryMs = 10_000;

/** The progress of a grid: a bar on a terminal; elsewhere a line per swarm, and one every ten seconds. */
export function benchProgress(stream: WriteStream, clock: Clock = () => performance.now()): BenchProgress {
  return stream.isTTY ? bar(stream, clock) : lines(stream, clock);
}

function bar(stream: WriteStream, clock: Clock): BenchProgress {
  const options = { stream, format: '{bar} {done}/{total} swarms  {now}', barsize: 16, hideCursor: true };
  const line = new SingleBar({ ...options, clearOnComplete: true, etaBuffer: 1 }, Presets.shades_classic);
  let startedAtMs = clock();
  let last: GridProgress | undefined;
  return {
    update(progress) {
      const { done, total } = progress;
      if (isNewGrid(progress, last)) startedAtMs = clock();
      const now = progressText(progress, clock() - startedAtMs);
      if (last === undefined) line.start(total, 0, { done, now });
      else line.setTotal(total);
      last = progress;
      line.update(swarmsDone(progress), { done, now });
    },
    end: () => line.stop(),
  };
}

function lines(stream: NodeJS.WritableStream, clock: Clock): BenchProgress {
  let startedAtMs = clock();
  let dueAtMs = startedAtMs + lineEveryMs;
  let last: GridProgress | undefined;
  return {
    update(progress) {
      const { done, total, peers, blocks, sample } = progress;
      const nowMs = clock();
      if (isNewGrid(progress, last)) startedAtMs = nowMs;
      last = progress;
      if (sample) {
        stream.write(`swarm ${done} of ${total}: ${swarmSize(peers, blocks)}, ${summary(sample)}\n`);
      } else if (nowMs >= dueAtMs) {
        stream.write(`${done} of ${total} swarms; ${progressText(progress, nowMs - startedAtMs)}\n`);
      } else return;
      dueAtMs = nowMs + lineEveryMs;
    },
    end: () => undefined,
  };
}

/** A benchmark may run a second grid, whose time left is estimated anew. */
function isNewGrid({ done }: GridProgress, last: GridProgress | undefined): boolean {
  return last !== undefined && done < last.done;
}

function summary({ peers }: BenchmarkSample): string {
  const times = peers.flatMap(({ startToCompleteMs }) => startToCompleteMs ?? []);
  if (times.length === peers.length) return `all complete after ${inSeconds(Math.max(...times))} s`;
  return `${times.length} of ${peers.length} complete`;
}
