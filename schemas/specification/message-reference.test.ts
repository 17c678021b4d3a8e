import { expect } from 'chai';
import { withMessageReference } from './message-reference.ts';

describe('withMessageReference', () => {
  it('rejects a text without the lines around the tables', () => {
    expect(() => withMessageReference('# Protocol')).to.throw('lacks one of these lines');
  });
});
