import { join } from 'node:path';
import { expect } from 'chai';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import { packageRoot } from '../../launch/package-root.ts';
import { Session } from '../../launch/session.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import { judgeCases } from './judge-cases.ts';
import { selectCases } from './select-cases.ts';

describe('judgeCases', () => {
  let session: Session;
  before(async () => {
    session = await Session.open();
  });
  after(() => session.close());

  async function verdicts(manifest: string, ids: readonly string[]): Promise<Map<string, ConformanceCase>> {
    const implementation = await loadImplementation(join(packageRoot, manifest));
    const results = await judgeCases(
      selectCases(ids),
      { session, implementation, seed: 1 },
      { jobs: 2, repro: (id) => id },
    );
    return new Map(results.map((result) => [result.id, result]));
  }

  for (const [role, root, other] of [
    ['tracker', 'wire.server.acts-on-closing-brace/tracker-whole', 'tracker.register.replaces/new-port'],
    ['peer', 'wire.message.one-object/peer-requests', 'peer.register.once/at-start'],
  ] as const) {
    it(`fails a ${role} that exits before it serves in one case, with its stderr; the others are not testable`, async () => {
      const results = await verdicts('impl/broken/generic/exits-with-3.json', [root, other]);
      expect(results.get(root)).to.include({ verdict: 'fail' }).and.have.property('stderr').that.is.not.empty;
      expect(results.get(other)).to.include({ verdict: 'error', blockedBy: root });
    });
  }
});
