import type { Case } from './case.ts';
import { encodingCases } from './file/encoding.ts';
import { metadataCases } from './file/metadata.ts';
import { peerOptimisticCases } from './peer/choking/optimistic.ts';
import { peerChokingCases } from './peer/choking/choking.ts';
import { peerConnectionCases } from './peer/connections.ts';
import { peerDiscoveryCases } from './peer/discovery.ts';
import { peerAnnounceCases, peerEndCases } from './peer/end.ts';
import { peerFileCases } from './file/file.ts';
import { peerKnownSenderCases } from './peer/choking/known-senders.ts';
import { peerRarestFirstCases } from './peer/rarest-first.ts';
import { peerSelectionCases } from './peer/selection.ts';
import { peerServerAnnounceCases } from './peer/server-announce.ts';
import { peerServerCases } from './peer/server.ts';
import { peerSetbackCases } from './peer/setbacks.ts';
import { peerStartCases } from './peer/start.ts';
import { peerWrongAnswerCases } from './peer/wrong-answers.ts';
import { randomRequestCases } from './wire/random-requests.ts';
import { trackerBlockCases } from './tracker/blocks.ts';
import { trackerCrowdCases } from './tracker/crowd.ts';
import { trackerGetPeersCases } from './tracker/get-peers.ts';
import { trackerModelCases } from './tracker/tracker-model.ts';
import { trackerOfflineCases } from './tracker/offline.ts';
import { trackerRegisterCases } from './tracker/register.ts';
import { wireExchangeCases } from './wire/exchange.ts';
import { wireGarbageCases } from './wire/garbage.ts';
import { wireInvalidCases } from './wire/invalid.ts';
import { wireKeepAliveCases } from './wire/keep-alive.ts';
import { wireLimitCases } from './wire/limits.ts';
import { wireMessageCases } from './wire/message.ts';
import { wireSegmentCases } from './wire/segments.ts';

/** Every case by id, in the order of the specification. */
export const allCases: ReadonlyMap<string, Case> = new Map(
  [
    ...wireMessageCases,
    ...wireSegmentCases,
    ...wireExchangeCases,
    ...wireInvalidCases,
    ...randomRequestCases,
    ...wireGarbageCases,
    ...wireLimitCases,
    ...wireKeepAliveCases,
    ...trackerRegisterCases,
    ...trackerCrowdCases,
    ...trackerGetPeersCases,
    ...trackerBlockCases,
    ...trackerOfflineCases,
    ...trackerModelCases,
    ...peerStartCases,
    ...peerServerCases,
    ...peerServerAnnounceCases,
    ...peerKnownSenderCases,
    ...peerChokingCases,
    ...peerOptimisticCases,
    ...peerDiscoveryCases,
    ...peerSetbackCases,
    ...peerRarestFirstCases,
    ...peerSelectionCases,
    ...peerAnnounceCases,
    ...peerFileCases,
    ...peerConnectionCases,
    ...peerWrongAnswerCases,
    ...peerEndCases,
    ...metadataCases,
    ...encodingCases,
  ].map((item) => [item.id, item]),
);
