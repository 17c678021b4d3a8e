import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { packageRoot } from '../launch/package-root.ts';
import * as limits from './time-limits.ts';

const timing = { startMs: 1_009, unchokeMs: 2_003, infoMs: 4_001, peersMs: 8_009, blockMs: 16_001 };
const times = 7;

/** The cells `Within` and `Limit` of the table in docs/conform.md. */
async function table(): Promise<[formula: string, name: string][]> {
  const text = await readFile(join(packageRoot, 'docs/conform.md'), 'utf8');
  const rows = text.matchAll(/^\| [^|]+\| (?<formula>[^|]+) \| [^|]+\| `(?<name>\w+Ms)` +\|$/gm);
  return [...rows].map(({ groups = {} }) => [(groups['formula'] ?? '').trim(), groups['name'] ?? '']);
}

/** A formula of the table in milliseconds. */
function evaluated(formula: string): number {
  const script = formula
    .replace(/ more$/, '')
    .replace(/([\d.]+) s\b/g, '($1 * 1000)')
    .replaceAll('×', '*');
  const { startMs: start, unchokeMs: unchoke, infoMs: info, peersMs: peers, blockMs: block } = timing;
  return Number(runInNewContext(script, { start, unchoke, info, peers, block, N: times, max: Math.max }));
}

describe('the time limits', () => {
  it('are those that docs/conform.md gives', async () => {
    const rows = await table();
    expect(rows).to.have.length.above(15);
    const all: Readonly<Record<string, unknown>> = limits;
    for (const [formula, name] of rows) {
      const limit = all[name] as number | ((of: typeof timing, times: number) => number);
      expect(typeof limit === 'number' ? limit : limit(timing, times), name).to.be.closeTo(evaluated(formula), 0.01);
    }
  });
});
