import { expect } from 'chai';
import { exceptionLine } from './exception-line.ts';

describe('exceptionLine', () => {
  for (const [language, output, line] of [
    ['Python', 'Traceback (most recent call last):\n  File "x.py", line 3\nKeyError: \'ana\'\n', "KeyError: 'ana'"],
    ['Python, of a module', '  x()\njson.decoder.JSONDecodeError: char 17\n', 'json.decoder.JSONDecodeError: char …'],
    [
      'Java',
      'Exception in thread "Thread-7" java.lang.NullPointerException: at 0x1f\n\tat Peer.main(Peer.java:3)\n',
      'Exception in thread "Thread-…" java.lang.NullPointerException: at …',
    ],
    ['JavaScript', '    throw x\nTypeError [ERR_X]: no\n    at f (a.js:1:2)\n', 'TypeError [ERR_X]: no'],
    ['Go', 'panic: runtime error: index 7\n\ngoroutine 1 [running]:\n', 'panic: runtime error: index …'],
    ['Rust', "thread 'main' panicked at src/main.rs:3:5:\n", "thread 'main' panicked at src/main.rs:…:…:"],
    [
      'C++',
      "terminate called after throwing an instance of 'X'\n",
      "terminate called after throwing an instance of 'X'",
    ],
  ] as const) {
    it(`finds the exception of ${language}, without its numbers, on either stream`, () => {
      expect(exceptionLine({ stderr: output, stdout: '' })).to.equal(line);
      expect(exceptionLine({ stderr: '', stdout: `starting\n${output}` })).to.equal(line);
    });
  }

  it('takes the last one, and none for a log that only speaks of errors', () => {
    expect(exceptionLine({ stderr: 'KeyError: 1\nValueError: 2\n', stdout: '' })).to.equal('ValueError: …');
    expect(exceptionLine({ stderr: 'no error so far\nError rate: see below', stdout: '' })).to.equal(undefined);
  });
});
