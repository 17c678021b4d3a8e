import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';

/** Where the reference has stored a block, and is about to announce it. */
export const afterStoredBlock = 'this.#context.transition("store");';
/** Where each of its processes, tracker or peer, is given bytes that have come. */
export const onReceivedBytes = 'receive(chunk) {';

/**
 * The reference, slower by a known share of the time: for every block that it gets, all of the process stands still for
 * that share of the time since the block before. That is what slows a swarm whose time is made by waiting.
 */
export async function referenceWithPauses(percent: number): Promise<Implementation> {
  const pause = `{
    const still = (performance.now() - (globalThis.lastBlockAtMs ?? performance.now())) * ${percent / 100};
    if (still > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, still);
    globalThis.lastBlockAtMs = performance.now();
  }`;
  return referenceWith(`slower by ${percent} %`, afterStoredBlock, pause);
}

/**
 * The reference, slower by a known share of the work: each of its processes, the tracker's as well, uses that share of CPU
 * time in addition to what it needs. That is what slows a swarm whose time is made by the processor.
 */
export async function referenceWithExtraWork(percent: number): Promise<Implementation> {
  // What is owed is paid in pieces of a millisecond, and the clock is read seldom: both cost little beside them.
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
  return referenceWith(`busier by ${percent} %`, onReceivedBytes, work);
}

/** The reference, with one more message for every block that it gets: one neighbour is told of it twice. */
export async function referenceWithExtraMessage(): Promise<Implementation> {
  const again = `for (const peer of this.#peers.all()) {
    const request = { action: "announce_block", sender_id: options.peerId, block_index: block };
    this.#context.send(peer.endpoint, request, { kind: "announce_block", peer });
    break;
  }`;
  return referenceWith('one more message per block', afterStoredBlock, again);
}

/** With more to do at a place of its bundle. */
async function referenceWith(what: string, place: string, more: string): Promise<Implementation> {
  const { manifest, ...reference } = await loadImplementation();
  const { workspace } = manifest;
  const replace = [...(workspace?.replace ?? []), { file: 'reference.js', find: place, with: `${place} ${more}` }];
  return {
    ...reference,
    manifest: { ...manifest, name: `${manifest.name}, ${what}`, workspace: { ...workspace, replace } },
  };
}
