import { loadImplementation, type Implementation } from '../launch/manifest.ts';

/** Where the reference has stored a block, and is about to announce it. */
export const storedBlock = 'this.#context.step("store");';

/**
 * The reference, slower by a known share: for every block that it gets, all of the process stands still for that share of
 * the time since the block before.
 */
export async function slowedReference(percent: number): Promise<Implementation> {
  const pause = `{
    const still = (performance.now() - (globalThis.lastBlockAtMs ?? performance.now())) * ${percent / 100};
    if (still > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, still);
    globalThis.lastBlockAtMs = performance.now();
  }`;
  return referenceWith(`slower by ${percent} %`, `${storedBlock} ${pause}`);
}

/** The reference, with one more message for every block that it gets: one neighbour is told of it twice. */
export async function talkativeReference(): Promise<Implementation> {
  const again = `for (const peer of this.#peers.all()) {
    const request = { action: "announce_block", sender_id: options.peerId, block_index: block };
    this.#context.ask(peer.address, request, { kind: "announcement", peer });
    break;
  }`;
  return referenceWith('one more message per block', `${storedBlock} ${again}`);
}

async function referenceWith(what: string, text: string): Promise<Implementation> {
  const { manifest, ...reference } = await loadImplementation();
  const { workspace } = manifest;
  const replace = [...(workspace?.replace ?? []), { file: 'reference.js', find: storedBlock, with: text }];
  return {
    ...reference,
    manifest: { ...manifest, name: `${manifest.name}, ${what}`, workspace: { ...workspace, replace } },
  };
}
