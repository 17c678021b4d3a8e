import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { TitForTat } from './choking.ts';

function choking(contributions: Readonly<Record<string, number>>, seed = 1): TitForTat {
  const titForTat = new TitForTat(seededRandom(seed));
  for (const [peerId, contribution] of Object.entries(contributions)) {
    titForTat.learn(peerId);
    titForTat.contributes(peerId, contribution);
  }
  return titForTat;
}

const contributions = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(5), { maxKeys: 12 });

describe('tit for tat', () => {
  it('unchokes the four best contributors and one of the others', () => {
    const titForTat = choking({ a: 5, b: 1, c: 4, d: 3, e: 2, f: 0 });
    titForTat.recompute(true);
    expect(titForTat.unchoked.slice(0, 4).sort()).to.deep.equal(['a', 'c', 'd', 'e']);
    expect(['b', 'f']).to.include(titForTat.unchoked[4]);
    expect(titForTat.unchoked).to.have.length(5);
  });

  it('is what the simple model says, for any contributions', () => {
    fc.assert(
      fc.property(contributions, fc.nat(), (given, seed) => {
        const titForTat = choking(given, seed);
        titForTat.recompute(true);
        const unchoked = new Set(titForTat.unchoked);
        expect(unchoked.size).to.equal(titForTat.unchoked.length);
        const of = (peerId: string): number => given[peerId] as number;
        const contributors = Object.keys(given).filter((peerId) => of(peerId) > 0);
        const fixedCount = Math.min(4, contributors.length);
        const others = Object.keys(given).length - fixedCount;
        expect(unchoked.size).to.equal(fixedCount + Math.min(1, others));
        // Sorted by contribution, the best four are in, but for ties.
        const ranked = contributors.map(of).sort((one, other) => other - one);
        const best = [...unchoked].map(of).sort((one, other) => other - one);
        expect(best.slice(0, fixedCount)).to.deep.equal(ranked.slice(0, fixedCount));
        for (const peerId of Object.keys(given)) expect(titForTat.isUnchoked(peerId)).to.equal(unchoked.has(peerId));
      }),
    );
  });

  it('adds nobody between recomputations, whatever happens', () => {
    const act = fc.record({ act: fc.constantFrom('learn', 'forget', 'gain'), peer: fc.nat(15) });
    fc.assert(
      fc.property(contributions, fc.array(act, { maxLength: 60 }), fc.nat(), (given, acts, seed) => {
        const titForTat = choking(given, seed);
        titForTat.recompute(true);
        let unchoked = titForTat.unchoked;
        const names = Object.keys(given);
        for (const { act, peer } of acts) {
          const peerId = names[peer] ?? `newcomer ${peer}`;
          if (act === 'forget') {
            titForTat.forget(peerId);
            unchoked = unchoked.filter((other) => other !== peerId);
          } else {
            titForTat.learn(peerId);
            if (act === 'gain') titForTat.contributes(peerId, 1);
          }
          expect(titForTat.unchoked).to.have.members(unchoked);
        }
      }),
    );
  });

  it('draws the optimistic peer anew in each interval', () => {
    const titForTat = choking({ a: 9, b: 9, c: 9, d: 9, e: 0, f: 0, g: 0 });
    const drawn = new Set<string | undefined>();
    for (let interval = 0; interval < 100; interval++) {
      titForTat.recompute(true);
      drawn.add(titForTat.unchoked[4]);
    }
    expect([...drawn].sort()).to.deep.equal(['e', 'f', 'g']);
  });

  it('serves five of any peers once nothing is wanted', () => {
    const titForTat = choking({ a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 });
    titForTat.recompute(false);
    expect(titForTat.unchoked).to.have.length(5);
  });
});
