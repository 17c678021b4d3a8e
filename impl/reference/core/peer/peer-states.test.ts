import { expect } from 'chai';
import { MisuseError, nextState, type PeerState, type Transition } from './peer-states.ts';

describe('the states of a peer', () => {
  it('lead from the start to the complete file and the shutdown', () => {
    const path: [Transition, PeerState][] = [
      ['register', 'discovery'],
      ['list', 'block information'],
      ['inform', 'block information'],
      ['select', 'selection'],
      ['request', 'download'],
      ['store', 'announcement'],
      ['complete', 'reconstruction'],
      ['seed', 'seeding'],
      ['leave', 'shutdown'],
    ];
    let state: PeerState = 'initialisation';
    for (const [transition, next] of path) expect((state = nextState(state, transition))).to.equal(next);
  });

  it('refuse an impossible transition', () => {
    expect(() => nextState('initialisation', 'store'))
      .to.throw(MisuseError, 'cannot happen')
      .with.property('code', 'misuse');
    expect(() => nextState('seeding', 'request')).to.throw(MisuseError);
  });
});
