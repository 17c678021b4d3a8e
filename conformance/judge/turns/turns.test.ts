import { expect } from 'chai';
import { allCases } from '../../cases/index.ts';
import type { Case } from '../../cases/case.ts';
import { clauseOf, trackerCase } from '../../cases/case.ts';
import { join } from 'node:path';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../../launch/package-root.ts';
import { Session } from '../../../launch/session.ts';
import { usualManner } from '../../manner/manner.ts';
import { expectPeerIds, expectSuccess } from '../../wire/expect.ts';
import { Violation } from '../../violation.ts';
import { attempt } from '../attempt/attempt.ts';
import { contextOf, type Subject } from '../attempt/subject.ts';
import type { SharedProgram } from './shared-program.ts';
import { Turns } from './turns.ts';

describe('the cases that take turns on a program', () => {
  const sharing = [...allCases.values()].filter(({ sharedBy }) => sharedBy !== undefined);

  it('are some of each role', () => {
    expect(new Set(sharing.map(({ role }) => role)).size).to.equal(2);
  });

  it('have no verdict that is only a text', () => {
    expect(sharing.filter((item) => clauseOf(item).level === 'MAY').map(({ id }) => id)).to.deep.equal([]);
  });

  it('do the same on a used peer as on one of their own, on the usual stage', () => {
    for (const item of sharing) {
      if (item.role !== 'peer') continue;
      expect(item.running, item.id).to.equal(item.run);
      expect(item.setup(), item.id).to.deep.equal({});
      expect(item.endsProgram, item.id).to.equal(undefined);
    }
  });

  it('need no case that takes turns to show that the program starts and answers at all', () => {
    for (const item of sharing) expect(item.needs, item.id).to.not.deep.equal([]);
    for (const id of [...allCases.values()].filter(({ needs }) => needs.length === 0))
      expect(id.sharedBy).to.equal(undefined);
  });
});

describe('turns', () => {
  let subject: Subject;
  before(async function () {
    this.timeout(60_000);
    const implementation = await loadImplementation(join(packageRoot, 'impl/python'));
    subject = { session: await Session.open(), implementation, seed: 1 };
  });
  after(() => subject.session.close());

  /** A case on a stage without a program. */
  const pass = (sharedBy = 'requests', blocks = 8): Case =>
    trackerCase('tracker.register.success/first-peer', '', () => Promise.resolve(), {
      sharedBy,
      setup: () => ({ blocks }),
    });

  /** Programs that only count what happens to them. */
  class Programs {
    started = 0;
    stopped = 0;
    canBeRestored = true;
    isBroken = false;

    readonly start = (): Promise<SharedProgram> => {
      this.started += 1;
      return Promise.resolve({
        isBroken: this.isBroken,
        restore: () => Promise.resolve(this.canBeRestored),
        close: () => {
          this.stopped += 1;
          return Promise.resolve();
        },
        stage: (item, context) => {
          const server = { crash: () => Promise.resolve(undefined) } as never;
          const close = (): Promise<void> => Promise.resolve();
          return Promise.resolve({ stage: { server, close, context }, run: () => item.run({} as never) });
        },
      });
    };
  }

  async function play(turns: Turns, item: Case): Promise<void> {
    const turn = turns.take(item, usualManner);
    if (turn === undefined) throw new Error('no turn');
    const { stage, run } = await turn.stage(item, contextOf(subject, item.id));
    await run().catch(() => undefined);
    await stage.close();
  }

  it('start one program for cases that come one after the other, and one for each group and setup', async () => {
    const programs = new Programs();
    const turns = new Turns(programs.start);
    for (const item of [pass(), pass(), pass('answers'), pass('requests', 3), pass()]) await play(turns, item);
    expect(programs).to.include({ started: 3, stopped: 0 });
    await turns.close();
    expect(programs.stopped).to.equal(3);
  });

  it('start a program for a case that meets it in another manner', async () => {
    const turns = new Turns(new Programs().start);
    await play(turns, pass());
    expect(turns.take(pass(), new Set(['ascii-only']))?.starts).to.equal(true);
    expect(turns.take(pass(), usualManner)?.starts).to.equal(false);
  });

  it('give no program to two cases at a time', async () => {
    const turns = new Turns(new Programs().start);
    await play(turns, pass());
    expect(turns.take(pass(), usualManner)?.starts).to.equal(false);
    expect(turns.take(pass(), usualManner)?.starts).to.equal(true);
  });

  for (const [what, spoil] of [
    ['in which a case did not hold', undefined],
    ['that is not what it was at its start', (programs: Programs) => (programs.canBeRestored = false)],
    ['that has ended', (programs: Programs) => (programs.isBroken = true)],
  ] as const) {
    it(`stop a program ${what}`, async () => {
      const programs = new Programs();
      spoil?.(programs);
      const fails = { ...pass(), run: () => Promise.reject(new Violation('a', 'b')) } as Case;
      const turns = new Turns(programs.start);
      await play(turns, spoil === undefined ? fails : pass());
      expect(programs).to.include({ started: 1, stopped: 1 });
      expect(turns.take(pass(), usualManner)?.starts).to.equal(true);
    });
  }

  it('come to an end when they were often in vain', () => {
    const turns = new Turns(new Programs().start);
    for (let n = 0; n < 20; n += 1) turns.wasInVain(pass());
    expect(turns.take(pass(), usualManner)).to.equal(undefined);
  });

  it('are repeated on a program of their own if they do not hold', async function () {
    this.timeout(60_000);
    const seen: string[] = [];
    let answers = 0;
    const turns = new Turns();
    const once: Case = trackerCase(
      'tracker.register.success/first-peer',
      '',
      async (tracker) => {
        answers += 1;
        seen.push(tracker.server.address.port.toString());
        expectSuccess(await tracker.getPeers(tracker.known));
        if (answers === 1) throw new Violation('a program of its own', 'one that others use');
      },
      { sharedBy: 'requests' },
    );
    const made = await attempt(once, { ...subject, turns }, usualManner);
    await turns.close();
    expect(made).to.include({ outcome: 'held' }).and.not.have.property('replays');
    expect(new Set(seen).size).to.equal(2);
    expect(made.transcript.filter(({ kind }) => kind === 'open')).to.have.length(2);
  });

  it('show a tracker without the peers of the cases before', async function () {
    this.timeout(60_000);
    const turns = new Turns();
    const lists: string[][] = [];
    const ports: number[] = [];
    const item = trackerCase(
      'tracker.register.success/first-peer',
      '',
      async (tracker) => {
        ports.push(tracker.server.address.port);
        await tracker.registerMany('peer-', 3);
        lists.push(expectPeerIds(await tracker.getPeers(tracker.known)));
      },
      { sharedBy: 'requests' },
    );
    for (let n = 0; n < 2; n += 1)
      expect((await attempt(item, { ...subject, turns }, usualManner)).outcome).to.equal('held');
    await turns.close();
    expect(new Set(ports).size).to.equal(1);
    expect(lists[1]).to.deep.equal(lists[0]);
  });
});
