import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { ConformanceCase } from '../../schemas/types.ts';
import { printable } from '../../launch/printable.ts';
import { caseState } from '../conformance/case-state.ts';
import { plural } from '../figures.ts';
import { painter } from './colour.ts';

export interface ConformProgress {
  /** How long a start of a program takes, and how many cases run side by side therefore. `implementation`: see `judged`. */
  measured(start: { readonly ms: number; readonly cpuMs: number }, jobs: number, implementation?: string): void;
  started(): void;
  /** `implementation` is omitted if there is only one. */
  judged(result: ConformanceCase, implementation?: string): void;
  end(): void;
}

/** The progress of a suite: a bar on a terminal; elsewhere a line per tenth of the cases, and one per failure. */
export function conformProgress(stream: WriteStream, total: number): ConformProgress {
  return stream.isTTY ? bar(stream, total) : lines(stream, total);
}

/** A line is printed at least so often, if cases end. */
const quietMs = 20_000;

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
    measured: () => undefined,
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

function prefixOf(implementation: string | undefined): string {
  return implementation === undefined ? '' : `${printable(implementation)}: `;
}

function lines(stream: NodeJS.WritableStream, total: number): ConformProgress {
  const step = Math.ceil(total / 10);
  let startMs = performance.now();
  let printedMs = startMs;
  let running = 0;
  let done = 0;
  let failed = 0;
  return {
    measured: ({ ms, cpuMs }, jobs, implementation) => {
      startMs = performance.now();
      const seconds = (time: number): string => (time / 1_000).toFixed(1);
      const cost = `a start takes ${seconds(ms)} s, ${seconds(cpuMs)} s of a processor`;
      stream.write(`${prefixOf(implementation)}${cost}; up to ${plural(jobs, 'case')} side by side\n`);
    },
    started: () => {
      running += 1;
    },
    judged: (result, implementation) => {
      running = Math.max(0, running - 1);
      done += 1;
      if (caseState(result) === 'fail') {
        failed += 1;
        stream.write(`${prefixOf(implementation)}fail ${result.id}\n`);
      }
      const nowMs = performance.now();
      if (done % step !== 0 && done !== total && nowMs - printedMs < quietMs) return;
      printedMs = nowMs;
      // A case that runs is half done on average.
      const doneSoFar = done + running / 2;
      const left = ((nowMs - startMs) / doneSoFar) * Math.max(0, total - doneSoFar);
      const end = done === total ? '' : `, about ${Math.ceil(left / 1000)} s left`;
      stream.write(`${done} of ${total} cases judged, ${failed} failed${end}\n`);
    },
    end: () => undefined,
  };
}
