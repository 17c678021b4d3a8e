import { expect } from 'chai';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { Choking } from './choking.ts';

function chokingOf(contributions: Readonly<Record<string, number>>, seed = 1): Choking {
  const choking = new Choking(seededRandom(seed));
  for (const [peerId, contribution] of Object.entries(contributions)) {
    choking.addPeer(peerId);
    choking.changeContribution(peerId, contribution);
  }
  return choking;
}

const contributions = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(5), { maxKeys: 12 });

describe('choking', () => {
  it('unchokes the four best contributors and one of the others', () => {
    const choking = chokingOf({ a: 5, b: 1, c: 4, d: 3, e: 2, f: 0 });
    choking.recompute(true);
    expect(choking.unchoked.slice(0, 4).sort()).to.deep.equal(['a', 'c', 'd', 'e']);
    expect(['b', 'f']).to.include(choking.unchoked[4]);
    expect(choking.unchoked).to.have.length(5);
  });

  it('agrees with a simple model, for any contributions', () => {
    fc.assert(
      fc.property(contributions, fc.nat(), (given, seed) => {
        const choking = chokingOf(given, seed);
        choking.recompute(true);
        const unchoked = new Set(choking.unchoked);
        expect(unchoked.size).to.equal(choking.unchoked.length);
        const of = (peerId: string): number => given[peerId] as number;
        const contributors = Object.keys(given).filter((peerId) => of(peerId) > 0);
        const fixedCount = Math.min(4, contributors.length);
        const others = Object.keys(given).length - fixedCount;
        expect(unchoked.size).to.equal(fixedCount + Math.min(1, others));
        // Peers with equal contributions may be swapped, so the contributions are compared.
        const ranked = contributors.map(of).sort((one, other) => other - one);
        const best = [...unchoked].map(of).sort((one, other) => other - one);
        expect(best.slice(0, fixedCount)).to.deep.equal(ranked.slice(0, fixedCount));
        for (const peerId of Object.keys(given)) expect(choking.isUnchoked(peerId)).to.equal(unchoked.has(peerId));
      }),
    );
  });

  it('unchokes nobody between recomputations', () => {
    const act = fc.record({ act: fc.constantFrom('add', 'remove', 'gain'), peer: fc.nat(15) });
    fc.assert(
      fc.property(contributions, fc.array(act, { maxLength: 60 }), fc.nat(), (given, acts, seed) => {
        const choking = chokingOf(given, seed);
        choking.recompute(true);
        let unchoked = choking.unchoked;
        const names = Object.keys(given);
        for (const { act, peer } of acts) {
          const peerId = names[peer] ?? `new peer ${peer}`;
          if (act === 'remove') {
            choking.removePeer(peerId);
            unchoked = unchoked.filter((other) => other !== peerId);
          } else {
            choking.addPeer(peerId);
            if (act === 'gain') choking.changeContribution(peerId, 1);
          }
          expect(choking.unchoked).to.have.members(unchoked);
        }
      }),
    );
  });

  it('draws the optimistic peer anew in each interval', () => {
    const choking = chokingOf({ a: 9, b: 9, c: 9, d: 9, e: 0, f: 0, g: 0 });
    const drawn = new Set<string | undefined>();
    for (let interval = 0; interval < 100; interval++) {
      choking.recompute(true);
      drawn.add(choking.unchoked[4]);
    }
    expect([...drawn].sort()).to.deep.equal(['e', 'f', 'g']);
  });

  it('unchokes any five peers once no block is wanted', () => {
    const choking = chokingOf({ a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 });
    choking.recompute(false);
    expect(choking.unchoked).to.have.length(5);
  });
});
