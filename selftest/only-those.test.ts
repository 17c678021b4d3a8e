import { expect } from 'chai';
import { UsageError } from '../launch/usage-error.ts';
import { onlyThose } from './only-those.ts';

describe('onlyThose', () => {
  const catalogue = [{ id: 'a' }, { id: 'b' }];

  it('picks by id, or takes all', () => {
    expect(onlyThose(catalogue, ['b'])).to.deep.equal([{ id: 'b' }]);
    expect(onlyThose(catalogue, undefined)).to.deep.equal(catalogue);
  });

  it('refuses an id that names nothing, rather than to find no fault in nothing', () => {
    expect(() => onlyThose(catalogue, ['a', 'c'])).to.throw(UsageError, '"c"');
  });
});
