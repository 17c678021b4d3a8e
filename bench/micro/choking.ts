import type { Bench } from 'tinybench';
import { seededRandom } from '../../impl/reference/core/random.ts';
import { Choking } from '../../impl/reference/core/strategy/choking.ts';

/** One recomputation of who is unchoked. */
export function addChoking(bench: Bench): void {
  for (const peers of [50, 1_000, 10_000]) {
    const random = seededRandom(1);
    const choking = new Choking(random);
    for (let peer = 0; peer < peers; peer++) {
      choking.addPeer(`peer${peer}`);
      choking.changeContribution(`peer${peer}`, random.below(200));
    }
    bench.add(`choking: a recomputation with ${peers.toLocaleString('en')} peers`, () => choking.recompute(true));
  }
}
