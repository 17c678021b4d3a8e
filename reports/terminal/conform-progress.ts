import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { ConformanceCase } from '../../schemas/types.ts';

/** Shows how far a judgement is. */
export interface ConformProgress {
  started(): void;
  judged(result: ConformanceCase): void;
  end(): void;
}

/** A bar on a terminal; elsewhere a line for every tenth of the cases and for every failure. */
export function conformProgress(stream: WriteStream, total: number): ConformProgress {
  return stream.isTTY ? bar(stream, total) : lines(stream, total);
}

function bar(stream: WriteStream, total: number): ConformProgress {
  const format = '{bar} {value}/{total} cases, {running} running, {failed} failed so far, about {eta_formatted} left';
  const line = new SingleBar(
    { stream, format, barsize: 24, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let running = 0;
  let failed = 0;
  line.start(total, 0, { running, failed });
  return {
    started: () => {
      running += 1;
      line.update({ running });
    },
    judged: ({ verdict }) => {
      running -= 1;
      if (verdict === 'fail') failed += 1;
      line.increment(1, { running, failed: failed === 0 ? '0' : styleText('red', String(failed)) });
    },
    end: () => line.stop(),
  };
}

function lines(stream: NodeJS.WritableStream, total: number): ConformProgress {
  const step = Math.ceil(total / 10);
  let done = 0;
  return {
    started: () => undefined,
    judged: ({ id, verdict }) => {
      done += 1;
      if (verdict === 'fail') stream.write(`fail ${id}\n`);
      if (done % step === 0 || done === total) stream.write(`${done} of ${total} cases judged\n`);
    },
    end: () => undefined,
  };
}
