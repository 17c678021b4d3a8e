import { expect } from 'chai';
import { portRange } from './port-range.ts';

describe('portRange', () => {
  it('is below the ephemeral ports', () => {
    expect(portRange('32768\t60999\n')).to.deep.equal({ first: 10_240, last: 32_767 });
    expect(portRange('49152 65535')).to.deep.equal({ first: 10_240, last: 49_151 });
  });

  it('is above them if there is no room below', () => {
    expect(portRange('1024 50000')).to.deep.equal({ first: 50_001, last: 65_535 });
  });

  it('is the usual range if there is no room', () => {
    expect(portRange('1024 65535')).to.deep.equal({ first: 10_240, last: 32_767 });
  });
});
