import { expect } from 'chai';
import { portHint } from './port-hint.ts';

describe('portHint', () => {
  const fixed = { command: ['python3', 'tracker.py', '5000'] as [string, ...string[]] };

  it('speaks of {port} if no command, variable or replacement passes it on', () => {
    expect(portHint('tracker', { name: 'x', tracker: fixed })).to.contain('{port} to the tracker');
  });

  it('is silent if one of them does', () => {
    const replace = [{ file: 'tracker.py', find: '5000', with: '{port}' }];
    expect(portHint('tracker', { name: 'x', tracker: { command: ['tracker', '{port}'] } })).to.equal('');
    expect(portHint('tracker', { name: 'x', tracker: fixed, env: { PORT: '{port}' } })).to.equal('');
    expect(portHint('tracker', { name: 'x', tracker: fixed, workspace: { replace } })).to.equal('');
  });
});
