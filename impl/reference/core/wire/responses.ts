import type { HaveBlocksInfoSuccess, PeerEntry, RegisterSuccess } from '../../../../schemas/types.ts';
import { isIdentifier, isInteger, isPort, MessageError, type JsonObject } from './messages.ts';

/** The server answered with `"status":"error"`. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Throws {@link Refused} for status "error", and {@link MessageError} for anything else but "success". */
export function checkStatus(message: JsonObject): void {
  const { status, reason } = message;
  if (status === 'error') throw new Refused(typeof reason === 'string' ? reason : 'no reason given');
  if (status !== 'success') throw new MessageError('status must be "success" or "error"');
}

/** A list of the tracker. */
export interface PeerList {
  readonly peers: readonly PeerEntry[];
  /** How many entries are left out because they are no peers. */
  readonly leftOut: number;
}

export function asGetPeers(message: JsonObject): PeerList {
  checkStatus(message);
  return asPeerList(message['peers']);
}

/** The message as a response to have_blocks_info about a file of `totalBlocks` blocks. */
export function asHaveBlocksInfo(message: JsonObject, totalBlocks: number): HaveBlocksInfoSuccess {
  checkStatus(message);
  const { peer_id, blocks_info } = message;
  if (!isIdentifier(peer_id)) throw new MessageError('peer_id must be a string that is not empty');
  if (
    !Array.isArray(blocks_info) ||
    blocks_info.length !== totalBlocks ||
    !blocks_info.every((has) => typeof has === 'boolean')
  ) {
    throw new MessageError(`blocks_info must be ${totalBlocks} booleans`);
  }
  return { status: 'success', peer_id, blocks_info };
}

/** The message as a response to register. Invalid extension fields count as absent. */
export function asRegister(message: JsonObject, totalBlocks: number): Omit<RegisterSuccess, 'peers'> & PeerList {
  checkStatus(message);
  const { initial_blocks } = message;
  if (!Array.isArray(initial_blocks) || !initial_blocks.every((index) => isIndex(index, totalBlocks))) {
    throw new MessageError(`initial_blocks must be a list of indices below ${totalBlocks}`);
  }
  return {
    status: 'success',
    initial_blocks,
    ...asPeerList(message['peers']),
    ...asInlineBlocks(message['initial_blocks_data']),
    ...asMetadata(message),
  };
}

function asMetadata(
  message: JsonObject,
): Pick<RegisterSuccess, 'total_blocks' | 'file_name' | 'file_size' | 'block_sha256'> {
  const { total_blocks, file_name, file_size, block_sha256 } = message;
  return {
    ...(isInteger(total_blocks) && { total_blocks }),
    ...(typeof file_name === 'string' && { file_name }),
    ...(isInteger(file_size) && file_size >= 0 && { file_size }),
    ...(isHashList(block_sha256) && { block_sha256: block_sha256.map((hash) => hash.toLowerCase()) }),
  };
}

function isHashList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((hash) => typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash));
}

function asInlineBlocks(value: unknown): Pick<RegisterSuccess, 'initial_blocks_data'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  if (!Object.values(value).every((text) => typeof text === 'string')) return {};
  return { initial_blocks_data: value as Record<string, string> };
}

function asPeerList(value: unknown): PeerList {
  if (!Array.isArray(value)) throw new MessageError('peers must be a list');
  const peers = value.flatMap((entry: unknown) => {
    const { peer_id, ip, port } = (entry ?? {}) as JsonObject;
    const isPeer = isIdentifier(peer_id) && isIdentifier(ip) && isPort(port);
    return isPeer ? [{ peer_id, ip, port }] : [];
  });
  return { peers, leftOut: value.length - peers.length };
}

function isIndex(value: unknown, totalBlocks: number): value is number {
  return isInteger(value) && value >= 0 && value < totalBlocks;
}
