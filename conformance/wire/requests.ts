import { actions, type Action } from '../../schemas/actions.ts';

/** The seven requests of the protocol (paper, section "Mensagens Trocadas"), as the suite sends them. */
export const register = (peerId: string, listenPort: number) =>
  ({ action: 'register', peer_id: peerId, listen_port: listenPort }) as const;

export const getPeers = (peerId: string) => ({ action: 'get_peers', peer_id: peerId }) as const;

export const requestBlock = (senderId: string, blockIndex: number) =>
  ({ action: 'request_block', sender_id: senderId, block_index: blockIndex }) as const;

export const requestBlockTracker = (senderId: string, blockIndex: number) =>
  ({ action: 'request_block_tracker', sender_id: senderId, block_index: blockIndex }) as const;

export const haveBlocksInfo = (senderId: string) => ({ action: 'have_blocks_info', sender_id: senderId }) as const;

export const announceBlock = (senderId: string, blockIndex: number) =>
  ({ action: 'announce_block', sender_id: senderId, block_index: blockIndex }) as const;

export const peerOffline = (deadPeerId: string, senderId: string) =>
  ({ action: 'peer_offline', dead_peer_id: deadPeerId, sender_id: senderId }) as const;

type RequestName = `${Action}.request`;

/** Whether a message of the protocol with this name is a request. */
export function isRequestName(name: string): name is RequestName {
  return actions.some((action) => `${action}.request` === name);
}
