import { expect } from 'chai';
import { MisuseError, nextState, type PeerState, type Step } from './peer-states.ts';

describe('the states of a peer', () => {
  it('lead from the start to the file and out', () => {
    const way: [Step, PeerState][] = [
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
    for (const [step, next] of way) expect((state = nextState(state, step))).to.equal(next);
  });

  it('refuse a step that cannot be', () => {
    expect(() => nextState('initialisation', 'store'))
      .to.throw(MisuseError, 'cannot happen')
      .with.property('code', 'misuse');
    expect(() => nextState('seeding', 'request')).to.throw(MisuseError);
  });
});
