import type { Action } from './actions.ts';
import common from './messages/common.json' with { type: 'json' };
import registerRequest from './messages/register.request.json' with { type: 'json' };
import registerResponse from './messages/register.response.json' with { type: 'json' };
import getPeersRequest from './messages/get_peers.request.json' with { type: 'json' };
import getPeersResponse from './messages/get_peers.response.json' with { type: 'json' };
import requestBlockRequest from './messages/request_block.request.json' with { type: 'json' };
import requestBlockResponse from './messages/request_block.response.json' with { type: 'json' };
import requestBlockTrackerRequest from './messages/request_block_tracker.request.json' with { type: 'json' };
import requestBlockTrackerResponse from './messages/request_block_tracker.response.json' with { type: 'json' };
import haveBlocksInfoRequest from './messages/have_blocks_info.request.json' with { type: 'json' };
import haveBlocksInfoResponse from './messages/have_blocks_info.response.json' with { type: 'json' };
import announceBlockRequest from './messages/announce_block.request.json' with { type: 'json' };
import announceBlockResponse from './messages/announce_block.response.json' with { type: 'json' };
import peerOfflineRequest from './messages/peer_offline.request.json' with { type: 'json' };
import peerOfflineResponse from './messages/peer_offline.response.json' with { type: 'json' };

/** The JSON Schemas of all requests and responses, in the order of PROTOCOL.md. */
export const messageSchemas = {
  'register.request': registerRequest,
  'register.response': registerResponse,
  'get_peers.request': getPeersRequest,
  'get_peers.response': getPeersResponse,
  'request_block.request': requestBlockRequest,
  'request_block.response': requestBlockResponse,
  'request_block_tracker.request': requestBlockTrackerRequest,
  'request_block_tracker.response': requestBlockTrackerResponse,
  'have_blocks_info.request': haveBlocksInfoRequest,
  'have_blocks_info.response': haveBlocksInfoResponse,
  'announce_block.request': announceBlockRequest,
  'announce_block.response': announceBlockResponse,
  'peer_offline.request': peerOfflineRequest,
  'peer_offline.response': peerOfflineResponse,
} satisfies Record<`${Action}.${'request' | 'response'}`, object>;

/** Definitions that the message schemas refer to. */
export const commonSchema = common;

/** For example `register.request`. */
export type MessageName = keyof typeof messageSchemas;

export const messageNames = Object.keys(messageSchemas) as MessageName[];
