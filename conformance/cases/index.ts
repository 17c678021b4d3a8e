import type { Case } from './case.ts';
import { blockDataCases } from './file/block-data.ts';
import { blocksCases } from './file/blocks.ts';
import { encodingCases } from './file/encoding.ts';
import { textAgainCases } from './file/encoding/only-when-asked.ts';
import { initialBlocksCases } from './file/initial-blocks.ts';
import { initialDataCases } from './file/initial-data.ts';
import { metadataCheckedWholeCases } from './file/metadata/checked-whole.ts';
import { metadataCheckedCases } from './file/metadata/checked.ts';
import { metadataFieldsCases } from './file/metadata/fields.ts';
import { metadataNameCases } from './file/metadata/name-is-text.ts';
import { announceHoldersCases } from './peer/announce-holders.ts';
import { announceCases } from './peer/announce.ts';
import { lastBlockCases } from './peer/announces/last-block.ts';
import { onceCases } from './peer/announces/once.ts';
import { servableCases } from './peer/announces/servable.ts';
import { toAllCases } from './peer/announces/to-all.ts';
import { atMostFiveCases } from './peer/choking/at-most-five.ts';
import { bestFourKnownCases } from './peer/choking/best-four-known.ts';
import { bestFourCases } from './peer/choking/best-four.ts';
import { optimisticCases } from './peer/choking/optimistic.ts';
import { recomputedRateCases } from './peer/choking/recomputed-rate.ts';
import { recomputedCases } from './peer/choking/recomputed.ts';
import { wantedOnlyCases } from './peer/choking/wanted-only.ts';
import { deadCases } from './peer/dead.ts';
import { deadGoesOnCases } from './peer/dead/goes-on.ts';
import { badEntriesCases } from './peer/discovery/bad-entries.ts';
import { infosOnLearningCases } from './peer/discovery/infos-on-learning.ts';
import { infosPeriodicCases } from './peer/discovery/infos-periodic.ts';
import { infosReplaceCases } from './peer/discovery/infos-replace.ts';
import { listsAreSamplesCases } from './peer/discovery/lists-are-samples.ts';
import { longListsCases } from './peer/discovery/long-lists.ts';
import { newAddressCases } from './peer/discovery/new-address.ts';
import { periodicCases } from './peer/discovery/periodic.ts';
import { fileCases } from './peer/file/exact.ts';
import { exactFileCases } from './peer/file/exact-out-of-order.ts';
import { finishCases } from './peer/finish.ts';
import { haveBlocksCases } from './peer/have-blocks.ts';
import { listenCases } from './peer/listen.ts';
import { peerRegisterCases } from './peer/register.ts';
import { requestBlockCases } from './peer/request-block.ts';
import { requestBlockServesCases } from './peer/request-block/serves.ts';
import { requestsCases } from './peer/requests.ts';
import { asksHoldersCases } from './peer/selection/asks-holders.ts';
import { nobodyHasItCases } from './peer/selection/nobody-has-it.ts';
import { rarestFirstInTurnCases } from './peer/selection/rarest-first-in-turn.ts';
import { rarestFirstCases } from './peer/selection/rarest-first.ts';
import { windowCases } from './peer/selection/window.ts';
import { staysAtMostFiveCases } from './peer/stays/at-most-five.ts';
import { staysNewcomersCases } from './peer/stays/newcomers.ts';
import { staysOwnCopyCases } from './peer/stays/own-copy.ts';
import { staysRecomputedCases } from './peer/stays/recomputed.ts';
import { staysServesCases } from './peer/stays/serves.ts';
import { stopCases } from './peer/stop.ts';
import { trackerGoneCases } from './peer/tracker-gone.ts';
import { allRefuseCases } from './peer/tracker-last/all-refuse.ts';
import { failedLeftAloneCases } from './peer/tracker-last/failed-left-alone.ts';
import { nobodyHasCases } from './peer/tracker-last/nobody-has.ts';
import { onlyThenCases } from './peer/tracker-last/only-then.ts';
import { survivedBase64Cases } from './peer/wrong-answers/survived-base64.ts';
import { survivedCases } from './peer/wrong-answers/survived.ts';
import { wrongTrackerAnswersCases } from './peer/wrong-answers/tracker.ts';
import { trackerBlockCases } from './tracker/block.ts';
import { servesWithoutFileCases } from './tracker/block/serves.ts';
import { concurrentCases } from './tracker/concurrent.ts';
import { getPeersCases } from './tracker/get-peers.ts';
import { uniformCases } from './tracker/get-peers/uniform.ts';
import { offlineCases } from './tracker/offline.ts';
import { anyReporterCases } from './tracker/offline/any-reporter.ts';
import { errorRemovesNobodyCases } from './tracker/offline/error-removes-nobody.ts';
import { peersCases } from './tracker/peers.ts';
import { registerAtOnceCases } from './tracker/register-at-once.ts';
import { listsOthersCases } from './tracker/register-lists-others.ts';
import { registerRandomCases } from './tracker/register-random.ts';
import { registerCases } from './tracker/register.ts';
import { staysCases } from './tracker/register/stays.ts';
import { clientReadsCases } from './wire/client.ts';
import { exchangeCases } from './wire/exchange.ts';
import { drainsBeforeCloseCases } from './wire/exchange/drains-before-close.ts';
import { serverClosesCases } from './wire/exchange/server-closes.ts';
import { fieldsCases } from './wire/fields.ts';
import { garbageCases } from './wire/garbage.ts';
import { answeredOrClosedCases } from './wire/garbage/answered-or-closed.ts';
import { idleCases } from './wire/idle/serves-others.ts';
import { notBeforeTwoSecondsCases } from './wire/idle/not-before-two-seconds.ts';
import { invalidCases } from './wire/invalid.ts';
import { otherCaseCases } from './wire/invalid/missing-field.ts';
import { otherActionCases } from './wire/invalid/no-action.ts';
import { keepAliveCases } from './wire/keep-alive.ts';
import { endsWithoutFieldCases } from './wire/keep-alive/ends-without-field.ts';
import { errorTooCases } from './wire/keep-alive/error-too.ts';
import { messageCases } from './wire/message.ts';
import { unframedCases } from './wire/message/unframed.ts';
import { odditiesCases } from './wire/oddities.ts';
import { requestCases } from './wire/request.ts';
import { noActionCases, responseCases } from './wire/response.ts';
import { serverReadsCases } from './wire/server/acts-on-closing-brace.ts';
import { everyActionCases } from './wire/server/acts-on-closing-brace-every-action.ts';
import { sizeCases } from './wire/size.ts';
import { typesCases } from './wire/types.ts';
import { identifiersExactCases } from './wire/types/identifiers-exact.ts';

/**
 * Every case by id, in the order of the clauses in PROTOCOL.md. A clause `wire.size.…` is checked in `wire/size.ts`, a clause
 * `peer.choking.best-four` in `peer/choking/best-four.ts`.
 */
export const allCases: ReadonlyMap<string, Case> = new Map(
  [
    ...messageCases,
    ...unframedCases,
    ...serverReadsCases,
    ...everyActionCases,
    ...clientReadsCases,
    ...exchangeCases,
    ...serverClosesCases,
    ...drainsBeforeCloseCases,
    ...requestCases,
    ...responseCases,
    ...noActionCases,
    ...fieldsCases,
    ...typesCases,
    ...identifiersExactCases,
    ...invalidCases,
    ...otherActionCases,
    ...otherCaseCases,
    ...garbageCases,
    ...answeredOrClosedCases,
    ...odditiesCases,
    ...sizeCases,
    ...idleCases,
    ...notBeforeTwoSecondsCases,
    ...keepAliveCases,
    ...errorTooCases,
    ...endsWithoutFieldCases,
    ...blocksCases,
    ...blockDataCases,
    ...encodingCases,
    ...textAgainCases,
    ...initialBlocksCases,
    ...initialDataCases,
    ...metadataFieldsCases,
    ...metadataCheckedCases,
    ...metadataCheckedWholeCases,
    ...metadataNameCases,
    ...registerCases,
    ...listsOthersCases,
    ...registerAtOnceCases,
    ...registerRandomCases,
    ...staysCases,
    ...getPeersCases,
    ...uniformCases,
    ...peersCases,
    ...trackerBlockCases,
    ...servesWithoutFileCases,
    ...concurrentCases,
    ...offlineCases,
    ...errorRemovesNobodyCases,
    ...anyReporterCases,
    ...listenCases,
    ...haveBlocksCases,
    ...requestBlockCases,
    ...requestBlockServesCases,
    ...announceCases,
    ...announceHoldersCases,
    ...atMostFiveCases,
    ...bestFourCases,
    ...bestFourKnownCases,
    ...wantedOnlyCases,
    ...optimisticCases,
    ...recomputedCases,
    ...recomputedRateCases,
    ...requestsCases,
    ...peerRegisterCases,
    ...periodicCases,
    ...infosOnLearningCases,
    ...infosPeriodicCases,
    ...infosReplaceCases,
    ...newAddressCases,
    ...badEntriesCases,
    ...listsAreSamplesCases,
    ...longListsCases,
    ...rarestFirstCases,
    ...rarestFirstInTurnCases,
    ...asksHoldersCases,
    ...nobodyHasItCases,
    ...windowCases,
    ...onlyThenCases,
    ...nobodyHasCases,
    ...allRefuseCases,
    ...failedLeftAloneCases,
    ...toAllCases,
    ...servableCases,
    ...onceCases,
    ...lastBlockCases,
    ...deadCases,
    ...deadGoesOnCases,
    ...survivedCases,
    ...survivedBase64Cases,
    ...wrongTrackerAnswersCases,
    ...fileCases,
    ...exactFileCases,
    ...finishCases,
    ...staysServesCases,
    ...staysOwnCopyCases,
    ...staysAtMostFiveCases,
    ...staysRecomputedCases,
    ...staysNewcomersCases,
    ...stopCases,
    ...trackerGoneCases,
  ].map((item) => [item.id, item]),
);
