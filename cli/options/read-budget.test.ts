import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../launch/usage-error.ts';
import { readBudget } from './read-budget.ts';

describe('readBudget', () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-test-'));
    path = join(folder, 'budget.json');
  });
  after(() => rm(folder, { recursive: true }));

  const announcements = { action: 'announce_block', increasePercent: 5, reason: 'They are repeated.' };

  it('reads the allowed increases, of which there are none without a file', async () => {
    await writeFile(path, JSON.stringify([announcements]));
    expect(await readBudget(path)).to.deep.equal([announcements]);
    expect(await readBudget(undefined)).to.deep.equal([]);
  });

  it('refuses two entries for one action, as one would be ignored', async () => {
    await writeFile(path, JSON.stringify([announcements, { ...announcements, increasePercent: 50 }]));
    const failure: unknown = await readBudget(path).catch((error: unknown) => error);
    expect(failure)
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.contains('[1] names announce_block again');
  });
});
