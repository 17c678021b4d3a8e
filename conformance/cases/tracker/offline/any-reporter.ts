import type { TrackerStage } from '../../../stage/tracker-stage.ts';
import { Violation } from '../../../violation.ts';
import { expectAnswer, expectSuccess, show } from '../../../wire/expect.ts';
import { peerOffline } from '../../../wire/requests.ts';
import { trackerCase } from '../../case.ts';
import { otherLoopback, unlessLinux } from '../../other-loopback.ts';

const dead = 'ana';

/** One address is that of the suite. */
interface Addresses {
  readonly ofTheDead?: string;
  readonly ofTheReporter?: string;
}

/** Throws a violation unless the report takes a dead peer, whose port refuses connections, off the lists. */
async function expectObeyed(tracker: TrackerStage, reporter: string, addresses: Addresses = {}): Promise<void> {
  const { ofTheDead, ofTheReporter } = addresses;
  const port = await tracker.context.session.leasePort();
  const from = (localAddress: string | undefined) => (localAddress === undefined ? {} : { localAddress });
  expectSuccess(await tracker.register(dead, port, from(ofTheDead)));
  const request = peerOffline(dead, reporter);
  expectAnswer(await tracker.client.ask(request, from(ofTheReporter)), 'an answer to a report');
  const listed = tracker.othersIn(await tracker.getPeers(tracker.known));
  if (!listed.includes(dead)) return;
  const who = `${reporter} at ${ofTheReporter ?? 'the usual address'}`;
  throw new Violation(`no list with ${dead}, who is down, after a report of ${who}`, `a list of ${show(listed)}`);
}

const needs = ['tracker.offline.third-party/dead-peer', 'tracker.offline.removes/itself'];

export const anyReporterCases = [
  trackerCase(
    'tracker.offline.any-reporter/stranger',
    'A peer that never registered reports one that is down: no list has the dead peer any more.',
    (tracker) => expectObeyed(tracker, 'eve'),
    { needs, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.offline.any-reporter/other-address',
    `Peers are reported and say goodbye from other addresses than those that they registered from: no list has them any more.`,
    async (tracker) => {
      await expectObeyed(tracker, tracker.known, { ofTheReporter: otherLoopback });
      await expectObeyed(tracker, tracker.known, { ofTheDead: otherLoopback });
      await expectObeyed(tracker, dead, { ofTheReporter: otherLoopback });
    },
    { needs, inapplicable: unlessLinux, sharedBy: 'requests' },
  ),
];
