import type { Program } from '../../../launch/process/program.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';
import type { Context } from '../context.ts';
import { grantedBlocks, isBlockRequest } from './granted-blocks.ts';
import { lacksLastBlock, smallDifference } from './likeness.ts';
import { outputProblem } from './output.ts';

/** A peer that should become complete. */
export interface Downloader {
  readonly context: Context;
  readonly program: Program;
  readonly blocks: readonly string[];
  /** All of its requests so far, in order of arrival. */
  requests(): SeenRequest[];
  /** Whether it says that it has every block. */
  saysComplete(): Promise<boolean>;
}

/**
 * What the file of a complete peer may be. `any`: a peer that has every block is complete, whatever it writes. `contents`: its
 * file has no other text than the blocks.
 */
export type FileCheck = 'any' | 'contents';

/** Tells when a peer's file and its requests for blocks have not changed for a while. */
export class Settling {
  #sinceMs: number;
  #output: Buffer | undefined;
  #requests = 0;

  readonly #settledAfterMs: number;

  /** @param startMs milliseconds since the case began */
  constructor(startMs: number, settledAfterMs: number) {
    this.#sinceMs = startMs;
    this.#settledAfterMs = settledAfterMs;
  }

  /** Takes what is seen now. @returns true once for each time that nothing has changed for `settledAfterMs` */
  isSettled(output: Buffer | undefined, requests: readonly SeenRequest[], nowMs: number): boolean {
    const blockRequests = requests.filter(isBlockRequest).length;
    const isSame = output === undefined ? this.#output === undefined : this.#output?.equals(output) === true;
    const settled = isSame && blockRequests === this.#requests && nowMs - this.#sinceMs > this.#settledAfterMs;
    if (settled || !isSame || blockRequests !== this.#requests) this.#sinceMs = nowMs;
    this.#output = output;
    this.#requests = blockRequests;
    return settled;
  }
}

/** Whether a peer is complete though its file is not the original. The transcript gets what differs. */
export async function isGoodAsComplete(
  peer: Downloader,
  output: Buffer | undefined,
  file: Buffer,
  check: FileCheck,
): Promise<boolean> {
  const { transcript } = peer.context;
  const small = output === undefined ? undefined : smallDifference(output, file);
  const lacksLast = output !== undefined && lacksLastBlock(output, peer.blocks);
  const isGood = small !== undefined || ((lacksLast || check === 'any') && (await hasEveryBlock(peer)));
  if (isGood) transcript.readPast('file', small ?? (lacksLast ? 'no last block' : outputProblem(output, file)));
  return isGood;
}

async function hasEveryBlock(peer: Downloader): Promise<boolean> {
  const granted = grantedBlocks(peer.requests());
  if (!peer.blocks.every((_, index) => granted.has(index))) return false;
  const { exit } = peer.program;
  return exit === undefined ? peer.saysComplete() : exit.code === 0;
}
