import { expect } from 'chai';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { addCauses } from './add-causes.ts';

function result(id: string, some: Partial<ConformanceCase>): ConformanceCase {
  const texts = { title: '', requirement: '', message: '', repro: '', clause: 'a' };
  return { id, level: 'MUST', role: 'peer', verdict: 'fail', durationMs: 1, transcript: [], ...texts, ...some };
}

describe('addCauses', () => {
  const causes = (results: readonly ConformanceCase[], harmless: readonly string[] = []): (string | undefined)[] =>
    addCauses(results, new Set(harmless)).map(({ cause }) => cause);

  it('names an exception or an exit that several cases share', () => {
    const results = [
      result('a/1', { stderr: 'KeyError: 1' }),
      result('a/2', { stdout: 'KeyError: 22', verdict: 'error' }),
      result('a/3', { crashed: true, message: 'no answer; the process exited with code 70' }),
      result('a/4', { crashed: true, message: 'expected x, got nothing; the process exited with code 70' }),
      result('a/5', { stderr: 'ValueError: alone' }),
      result('a/6', { message: 'no answer' }),
    ];
    const [key, exit] = ['peer: KeyError: …', 'peer: the process exited with code 70'];
    expect(causes(results)).to.deep.equal([key, key, exit, exit, undefined, undefined]);
  });

  it('takes no exception for a cause that programs print in cases that pass, unless the program crashed', () => {
    const [quiet, crashed] = [{ stderr: 'BrokenPipeError' }, { stderr: 'BrokenPipeError', crashed: true as const }];
    const results = [result('a/1', quiet), result('a/2', quiet), result('a/3', crashed), result('a/4', crashed)];
    const key = 'peer: BrokenPipeError';
    expect(causes(results, ['BrokenPipeError'])).to.deep.equal([undefined, undefined, key, key]);
  });
});
