import {
  answerIsReadWithinMs,
  asksForPeersWithinMs,
  diesOfAnswerWithinMs,
  goesOnWithinMs,
  leavesWithinMs,
  repeatsWithinMs,
} from '../../time-limits.ts';
import { CannotJudge, TimedViolation } from '../../violation.ts';
import { expectEqual, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { notRegistered, replaceNthPeerList, untilRepeated } from '../swarms.ts';
import { saidGoodbye } from './finish.ts';

/** A peer waits longer than this for an answer. */
const answersGoodbyeAfterMs = 600;

export const peerRegisterCases = [
  peerCase(
    'peer.register.once/at-start',
    'A peer starts: it registers.',
    // The stage is not ready before that. A program that dies of the answer must not seem to work; it may say goodbye first.
    async (peer) => {
      const goesOn = (): boolean =>
        peer.requests().some(({ action }) => action !== 'register' && action !== 'peer_offline');
      const goesOnOrEnds = (): boolean => goesOn() || peer.program.exit !== undefined;
      await peer.context.transcript.watch.until(goesOnOrEnds, diesOfAnswerWithinMs);
    },
    { needs: ['wire.message.one-object/peer-requests'] },
  ),

  peerCase(
    'peer.register.once/given-id',
    'A peer starts: it registers with the id that it was given.',
    async (peer) => {
      const [request] = peer.tracker.seen('register');
      expectEqual(field(request?.body, 'peer_id'), peer.subjectId, 'a registration with peer_id');
    },
  ),

  peerCase(
    'peer.register.once/not-again',
    'The tracker answers every request: after several get_peers the peer has registered only once.',
    async (peer) => {
      const getPeersSent = (): number => peer.tracker.seen('get_peers').length;
      await untilRepeated(peer, getPeersSent, 3, 'get_peers', asksForPeersWithinMs(peer.context.timing, 3));
      expectEqual(peer.tracker.seen('register').length, 1, 'registrations:');
    },
    { needs: ['wire.exchange.one-request/servers-that-close', 'peer.register.once/at-start', keyCases.asksForPeers] },
  ),

  peerCase(
    'peer.register.again/refused-list',
    'The tracker answers the second get_peers with an error.',
    async (peer) => {
      const lists = (): number => peer.tracker.seen('get_peers').length;
      const registrations = (): number => peer.tracker.seen('register').length;
      const limitMs = repeatsWithinMs(peer.context.timing, 4);
      await peer.context.transcript.watch.until(() => registrations() > 1 || lists() >= 4, limitMs);
      return registrations() > 1 ? 'registers again' : 'does not register again';
    },
    {
      setup: () => ({ tracker: { transformReply: replaceNthPeerList(2, notRegistered) } }),
      needs: [keyCases.asksForPeers],
    },
  ),

  peerCase(
    'peer.register.repeated/no-answer',
    'The tracker closes the connection instead of answering the first registration.',
    async (peer) => {
      const registrations = (): number => peer.tracker.seen('register').length;
      const isOver = (): boolean => registrations() > 1 || peer.program.exit !== undefined;
      await peer.context.transcript.watch.until(isOver, goesOnWithinMs(peer.context.timing));
      return registrations() > 1 ? 'repeats the registration' : 'does not repeat the registration';
    },
    {
      setup: () => {
        let isFirst = true;
        const transformReply = (reply: Reply): Reply => {
          if (!isFirst) return reply;
          isFirst = false;
          return { kind: 'close' };
        };
        return { tracker: { transformReply } };
      },
      endsProgram: true,
    },
  ),

  peerCase(
    'peer.register.not-after-goodbye/list-under-way',
    'A peer gets SIGTERM while it waits for the answer to a get_peers, which is an error and comes after its goodbye: it does not register again.',
    async (peer) => {
      const { tracker, context } = peer;
      const { watch } = context.transcript;
      let isUnderWay = false;
      tracker.script.transformReply = async (reply) => {
        if (reply.kind !== 'message') return reply;
        // The answer to the goodbye takes its time, so that the peer has some to register.
        if (!('peers' in reply.message)) return { ...reply, afterMs: answersGoodbyeAfterMs };
        isUnderWay = true;
        await watch.until(() => saidGoodbye(peer), answerIsReadWithinMs);
        return notRegistered;
      };
      await peer.until(
        () => isUnderWay,
        asksForPeersWithinMs(context.timing, 1),
        'a get_peers',
        () => 'none',
      );
      peer.program.signal('SIGTERM');
      await watch.until(() => peer.program.exit !== undefined, leavesWithinMs(context.timing));
      const actions = tracker.requests.map(({ action }) => action);
      const goodbye = actions.indexOf('peer_offline');
      if (goodbye === -1) throw new CannotJudge('it said no goodbye');
      if (actions.includes('register', goodbye))
        throw new TimedViolation('no registration after the goodbye', show(actions.slice(goodbye)));
    },
    { needs: ['peer.stop.says-goodbye/sigterm'], endsProgram: true },
  ),
];
