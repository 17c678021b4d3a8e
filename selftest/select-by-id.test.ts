import { expect } from 'chai';
import { UsageError } from '../launch/usage-error.ts';
import { selectById } from './select-by-id.ts';

describe('selectById', () => {
  const catalogue = [{ id: 'a' }, { id: 'b' }];

  it('selects by id, or everything', () => {
    expect(selectById(catalogue, ['b'])).to.deep.equal([{ id: 'b' }]);
    expect(selectById(catalogue, undefined)).to.deep.equal(catalogue);
  });

  it('refuses an unknown id, which would make an empty check pass', () => {
    expect(() => selectById(catalogue, ['a', 'c'])).to.throw(UsageError, '"c"');
  });
});
