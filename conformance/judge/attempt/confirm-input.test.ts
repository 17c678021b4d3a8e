import { expect } from 'chai';
import fc from 'fast-check';
import { loadImplementation } from '../../../launch/manifest/load-implementation.ts';
import { noOutput } from '../../../launch/process/program-output.ts';
import { Session } from '../../../launch/session.ts';
import { tryRandomInputs } from '../../cases/random-inputs.ts';
import { trackerCase, type Case } from '../../cases/case.ts';
import { usualManner } from '../../manner/manner.ts';
import { Violation } from '../../violation.ts';
import { attempt, type Attempt } from './attempt.ts';
import type { Servers } from './servers.ts';

describe('a random input that breaks a clause', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  const item: Case = trackerCase('wire.invalid.wrong-type/tracker-random', '', () => Promise.resolve());

  /** Attempts a case on programs that each start as `program` tells, by how many there were before it. */
  async function attemptOn(program: (n: number) => (input: number) => boolean): Promise<Attempt> {
    let programs = 0;
    const servers: Servers = {
      whySkipped: () => undefined,
      stage: (_, context) => {
        const takes = program(programs++);
        const server = {
          address: { host: '127.0.0.1', port: 1 },
          crash: () => Promise.resolve(undefined),
          memoryPeakBytes: () => undefined,
          output: () => noOutput,
          release: () => Promise.resolve(),
        };
        const check = (input: number): Promise<void> =>
          takes(input) ? Promise.resolve() : Promise.reject(new Violation('an error', 'success'));
        const run = (): Promise<void> => tryRandomInputs(context, fc.nat(1_000), check);
        return Promise.resolve({ stage: { server, close: () => Promise.resolve() }, run });
      },
    };
    const implementation = await loadImplementation();
    return attempt(item, { session, implementation, seed: 1, servers }, usualManner);
  }

  it('is reported shrunk if it breaks the clause alone on a fresh program', async () => {
    const made = await attemptOn(() => (input) => input <= 100);
    expect(made).to.include({ outcome: 'broken', replays: 1 });
    expect(made.message).to.include('success for 101 (found by fast-check');
  });

  it('is reported with the inputs before it if the clause breaks only after them', async () => {
    const made = await attemptOn(() => {
      let inputs = 0;
      return () => (inputs += 1) < 10;
    });
    expect(made).to.include({ outcome: 'broken', replays: 2 });
    expect(made.message).to.include('after 9 other inputs');
  });

  it('is no failure if no fresh program breaks the clause again', async () => {
    const made = await attemptOn((n) => (input) => n > 0 || input <= 100);
    expect(made).to.include({ outcome: 'unknown', replays: 2 });
    expect(made.message).to.match(/^not testable: seen once, and not again/);
  });
});
