import { expect } from 'chai';
import { UsageError } from '../launch/usage-error.ts';
import { selectById } from './select-by-id.ts';

describe('onlyThose', () => {
  const catalogue = [{ id: 'a' }, { id: 'b' }];

  it('picks by id, or takes all', () => {
    expect(selectById(catalogue, ['b'])).to.deep.equal([{ id: 'b' }]);
    expect(selectById(catalogue, undefined)).to.deep.equal(catalogue);
  });

  it('refuses an id that names nothing, rather than to find no fault in nothing', () => {
    expect(() => selectById(catalogue, ['a', 'c'])).to.throw(UsageError, '"c"');
  });
});
