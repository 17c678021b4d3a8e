import { expect } from 'chai';
import { painter } from './colour.ts';

const terminal = { isTTY: true, hasColors: () => true };
const red = '\u001b[31mx\u001b[39m';

describe('painter', () => {
  for (const [name, stream, env, expected] of [
    ['colours on a terminal that has them', terminal, {}, red],
    ['no colours in a file or pipe', {}, {}, 'x'],
    ['no colours on a terminal without colours', { isTTY: true, hasColors: () => false }, {}, 'x'],
    ['no colours if NO_COLOR is set', terminal, { NO_COLOR: '1' }, 'x'],
    ['colours if NO_COLOR is empty', terminal, { NO_COLOR: '' }, red],
    ['colours in a pipe if FORCE_COLOR is set', {}, { FORCE_COLOR: '1' }, red],
    ['no colours if FORCE_COLOR is 0', terminal, { FORCE_COLOR: '0' }, 'x'],
  ] as const) {
    it(`gives ${name}`, () => expect(painter(stream, env)('red', 'x')).to.equal(expected));
  }
});
