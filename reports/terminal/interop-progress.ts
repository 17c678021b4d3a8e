import type { WriteStream } from 'node:tty';
import { Presets, SingleBar } from 'cli-progress';
import type { InteropProgress } from '../../conformance/interop/interop.ts';

/** The progress of an interop session: a bar on a terminal; elsewhere a line per tenth of the swarms. */
export function interopProgress(stream: WriteStream): { update(progress: InteropProgress): void; end(): void } {
  let failed = 0;
  if (!stream.isTTY) {
    return {
      update({ done, total, swarm }) {
        if (swarm.state === 'failed') failed += 1;
        const isStep = done === total || Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total);
        if (isStep) stream.write(`${done} of ${total} swarms, ${failed} failed\n`);
      },
      end: () => undefined,
    };
  }
  const options = { stream, format: '{bar} {value}/{total} swarms, {failed} failed', barsize: 24, hideCursor: true };
  const line = new SingleBar({ ...options, clearOnComplete: true }, Presets.shades_classic);
  let started = false;
  return {
    update({ done, total, swarm }) {
      if (!started) line.start(total, 0, { failed });
      started = true;
      if (swarm.state === 'failed') failed += 1;
      line.update(done, { failed });
    },
    end: () => line.stop(),
  };
}
