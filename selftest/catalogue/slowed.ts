import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';

/** The place in the reference after a block was stored, and before it is announced. */
export const afterStoredBlock = 'this.#context.transition("store");';
/** The place where a process of the reference, tracker or peer, receives bytes. */
export const onReceivedBytes = 'receive(chunk) {';

/**
 * The reference with a pause after every block, in percent of the time since the block before. Slows swarms whose time is
 * dominated by waiting.
 */
export async function referenceWithPauses(percent: number): Promise<Implementation> {
  const pause = `{
    const pauseMs = (performance.now() - (globalThis.lastBlockAtMs ?? performance.now())) * ${percent / 100};
    if (pauseMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    globalThis.lastBlockAtMs = performance.now();
  }`;
  return referenceWithCodeAfter(`slower by ${percent} %`, afterStoredBlock, pause);
}

/**
 * The reference with additional CPU time in each process, the tracker's included, in percent of its own CPU time. Slows
 * swarms whose time is dominated by computing.
 */
export async function referenceWithExtraWork(percent: number): Promise<Implementation> {
  // Works in pieces of a millisecond, and rarely reads the clock, so that the overhead is small.
  const work = `{
    const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
    const it = globalThis.extraWork ??= { calls: 0, neededMs: usedMs(), owedMs: 0, doneMs: 0 };
    if (++it.calls % 16 === 0) {
      const startedMs = usedMs();
      it.owedMs += (startedMs - it.doneMs - it.neededMs) * ${percent / 100};
      it.neededMs = startedMs - it.doneMs;
      if (it.owedMs > 1) {
        while (usedMs() - startedMs < it.owedMs);
        const doneMs = usedMs() - startedMs;
        it.owedMs -= doneMs;
        it.doneMs += doneMs;
      }
    }
  }`;
  return referenceWithCodeAfter(`busier by ${percent} %`, onReceivedBytes, work);
}

/** The reference with one more message per block: one neighbour gets the announcement twice. */
export async function referenceWithExtraMessage(): Promise<Implementation> {
  const extraMessage = `for (const peer of this.#peers.all()) {
    const request = { action: "announce_block", sender_id: options.peerId, block_index: block };
    this.#context.send(peer.endpoint, request, { kind: "announce_block", peer });
    break;
  }`;
  return referenceWithCodeAfter('one more message per block', afterStoredBlock, extraMessage);
}

/** The reference with code added after a text of its bundle. */
async function referenceWithCodeAfter(what: string, text: string, code: string): Promise<Implementation> {
  const { manifest, ...reference } = await loadImplementation();
  const { workspace } = manifest;
  const replace = [...(workspace?.replace ?? []), { file: 'reference.js', find: text, with: `${text} ${code}` }];
  return {
    ...reference,
    manifest: { ...manifest, name: `${manifest.name}, ${what}`, workspace: { ...workspace, replace } },
  };
}
