import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { ConformanceCase } from '../../schemas/types.ts';
import { printable } from '../../launch/printable.ts';
import { caseState } from '../conformance/case-state.ts';
import { painter } from './colour.ts';

export interface ConformProgress {
  started(): void;
  /** `implementation` is omitted if there is only one. */
  judged(result: ConformanceCase, implementation?: string): void;
  end(): void;
}

/** The progress of a suite: a bar on a terminal; elsewhere a line per tenth of the cases, and one per failure. */
export function conformProgress(stream: WriteStream, total: number): ConformProgress {
  return stream.isTTY ? bar(stream, total) : lines(stream, total);
}

function bar(stream: WriteStream, total: number): ConformProgress {
  const paint = painter(stream);
  const format = '{bar} {value}/{total} cases, {running} running, {failed} failed so far, about {eta_formatted} left';
  // Averages the estimate over many cases, as quick and slow ones alternate.
  const options = { stream, format, barsize: 24, hideCursor: true, clearOnComplete: true, etaBuffer: 60 };
  const line = new SingleBar(options, Presets.shades_classic);
  let running = 0;
  let failed = 0;
  line.start(total, 0, { running, failed });
  return {
    started: () => {
      running += 1;
      line.update({ running });
    },
    judged: (result) => {
      running -= 1;
      if (caseState(result) === 'fail') failed += 1;
      line.increment(1, { running, failed: failed === 0 ? '0' : paint('red', String(failed)) });
    },
    end: () => line.stop(),
  };
}

function lines(stream: NodeJS.WritableStream, total: number): ConformProgress {
  const step = Math.ceil(total / 10);
  const startMs = performance.now();
  let done = 0;
  let failed = 0;
  return {
    started: () => undefined,
    judged: (result, implementation) => {
      done += 1;
      if (caseState(result) === 'fail') {
        failed += 1;
        const prefix = implementation === undefined ? '' : `${printable(implementation)}: `;
        stream.write(`${prefix}fail ${result.id}\n`);
      }
      if (done % step !== 0 && done !== total) return;
      const left = ((performance.now() - startMs) / done) * (total - done);
      const end = done === total ? '' : `, about ${Math.ceil(left / 1000)} s left`;
      stream.write(`${done} of ${total} cases judged, ${failed} failed${end}\n`);
    },
    end: () => undefined,
  };
}
