import { expect } from 'chai';
import { MessageCounter } from '../relay/message-counter.ts';
import { countsUnavailable } from './counts-unavailable.ts';

describe('countsUnavailable', () => {
  const withBlocks = (blocks: number[], inline: number[] = []): MessageCounter => {
    const counter = new MessageCounter();
    counter.registered(0, inline, 0);
    for (const block of blocks) counter.transferred({ atMs: 1, to: 0, from: 1, block });
    return counter;
  };

  it('is undefined when every block of a complete peer was seen', () => {
    expect(countsUnavailable(withBlocks([0, 1, 2]), [0], 3, 100)).to.equal(undefined);
    expect(countsUnavailable(withBlocks([1], [0, 2]), [0], 3, 100)).to.equal(undefined);
    expect(countsUnavailable(withBlocks([]), [], 3, 100)).to.equal(undefined);
  });

  it('names a complete peer that got blocks unseen by the relay', () => {
    expect(countsUnavailable(withBlocks([]), [0], 3, 100)).to.contain('peer 1');
    expect(countsUnavailable(withBlocks([0, 1, 1], [0]), [0], 3, 100)).to.contain('peer 1');
  });

  it('needs no messages for blocks that are empty', () => {
    expect(countsUnavailable(withBlocks([0]), [0], 3, 1)).to.equal(undefined);
  });

  it('gives the reason when something that passed could not be read', () => {
    const counter = withBlocks([0, 1, 2]);
    counter.gap('noise');
    expect(countsUnavailable(counter, [0], 3, 100)).to.equal('noise');
  });
});
