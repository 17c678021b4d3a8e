import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { clauses } from '../../schemas/clauses.ts';
import { clauseOf, type Case } from './case.ts';
import { allCases } from './index.ts';

describe('the cases', () => {
  it('check every clause that can be observed, and no other', () => {
    const observable = [...clauses.values()].filter(({ excluded }) => excluded === undefined).map(({ id }) => id);
    expect([...new Set([...allCases.values()].map((item) => clauseOf(item).id))]).to.have.members(observable);
  });

  it('stand in the file that is named after their clause', async () => {
    const found = new Set<string>();
    for (const file of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })) {
      if (!/^(wire|file|tracker|peer)\/.*\.ts$/.test(file)) continue;
      const clause = file.replace('.ts', '').replaceAll('/', '.');
      const exported = (await import(`./${file}`)) as Record<string, unknown>;
      for (const cases of Object.values(exported).filter((value) => Array.isArray(value))) {
        for (const { id } of (cases as Partial<Case>[]).filter((item) => typeof item === 'object')) {
          const group = id?.split('.').slice(0, clause.split('.').length).join('.').split('/')[0] ?? '';
          expect(clause.startsWith(group), `${id} in ${file}`).to.equal(true);
          found.add(id ?? '');
        }
      }
    }
    expect([...found]).to.have.members([...allCases.keys()]);
  });

  it('have ids that fit a shell word and a line', () => {
    for (const id of allCases.keys()) expect(id).to.match(/^[a-z0-9.-]+\/[A-Za-z0-9_-]+$/);
  });

  it('need cases of their own role, and none needs itself', () => {
    const sound = new Set<string>();
    const look = (id: string, path: readonly string[]): void => {
      expect(path, `${path.join(' needs ')} needs`).to.not.include(id);
      if (sound.has(id)) return;
      const item = allCases.get(id);
      expect(item, `${path.at(-1)} needs ${id}`).to.not.equal(undefined);
      for (const need of item?.needs ?? []) {
        expect(allCases.get(need)?.role, `${id} needs ${need}`).to.equal(item?.role);
        look(need, [...path, id]);
      }
      sound.add(id);
    };
    for (const id of allCases.keys()) look(id, []);
  });

  it('need no case that runs with --thorough only', () => {
    for (const { id, needs } of allCases.values()) {
      for (const need of needs) expect(allCases.get(need)?.thoroughMs, `${id} needs ${need}`).to.equal(undefined);
    }
  });

  it('err by chance once in ten thousand runs at most', () => {
    for (const { id, chance } of allCases.values()) {
      for (const probability of Object.values(chance ?? {})) expect(probability, id).to.be.within(0, 1e-4);
    }
  });

  it('bind a role that their clause binds', () => {
    for (const item of allCases.values()) {
      if (clauseOf(item).role !== 'both') expect(clauseOf(item).role, item.id).to.equal(item.role);
    }
  });
});
