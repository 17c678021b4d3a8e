import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../../launch/package-root.ts';
import { Session } from '../../../launch/session.ts';
import { usualManner } from '../../manner/manner.ts';
import { allCases } from '../../cases/index.ts';
import { attempt, type Attempt } from './attempt.ts';

describe('attempt', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  /** Attempts a case on the Python implementation with one text of a file replaced. */
  async function attemptOn(id: string, change: { file: string; find: string; with: string }): Promise<Attempt> {
    const python = await loadImplementation(join(packageRoot, 'impl/python'));
    const item = allCases.get(id);
    if (item === undefined) throw new Error(`There is no case ${id}.`);
    const { workspace } = python.manifest;
    const manifest = { ...python.manifest, workspace: { ...workspace, replace: [change] } };
    return attempt(item, { session, implementation: { ...python, manifest }, seed: 1 }, usualManner);
  }

  it('makes no interval longer alone that drives other timers, too', async function () {
    this.timeout(120_000);
    const oneTimer = { file: 'swarm.py', find: 'min(peers_s, MAX_GET_PEERS_PERIOD * interval_s)', with: 'info_s' };
    const made = await attemptOn('peer.discovery.infos-on-learning/listed-later', oneTimer);
    expect(made).to.include({ outcome: 'held', replays: 1 });
    expect(made.replayReason).to.match(/^one interval of the program drives have_blocks_info and other things/);
  });

  it('still sees by a long interval that newcomers are not asked', async function () {
    this.timeout(120_000);
    const notAsked = {
      file: 'swarm.py',
      find: '            if self._state.wanted:\n',
      with: '            if False:\n',
    };
    const made = await attemptOn('peer.discovery.infos-on-learning/listed-at-registration', notAsked);
    expect(made.outcome).to.equal('broken');
  });
});
