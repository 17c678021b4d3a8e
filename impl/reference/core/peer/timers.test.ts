import { expect } from 'chai';
import { Timers } from './timers.ts';

describe('timers', () => {
  it('are due once, the earliest first', () => {
    const timers = new Timers<'a' | 'b' | 'c'>();
    timers.set('a', 30);
    timers.set('b', 10);
    timers.set('c', 31);
    expect(timers.earliest()).to.equal(10);
    expect(timers.takeDue(30)).to.deep.equal(['b', 'a']);
    expect(timers.takeDue(30)).to.deep.equal([]);
    expect(timers.earliest()).to.equal(31);
  });

  it('are never put off by bringForward', () => {
    const timers = new Timers<'a'>();
    timers.bringForward('a', 20);
    timers.bringForward('a', 30);
    expect(timers.earliest()).to.equal(20);
    timers.bringForward('a', 10);
    expect(timers.earliest()).to.equal(10);
  });

  it('can be cleared', () => {
    const timers = new Timers<'a' | 'b'>();
    timers.set('a', 1);
    timers.set('b', 2);
    timers.clear('a');
    expect(timers.has('a')).to.equal(false);
    timers.clearAll();
    expect(timers.earliest()).to.equal(undefined);
  });
});
