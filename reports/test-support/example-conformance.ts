import type { ConformanceCase, ConformanceResult, WireEvent } from '../../schemas/types.ts';
import { benchmarkOf } from './example-results.ts';

/** Text that attacks terminals, XML, HTML, Markdown, tables and spreadsheets. */
export const hostile =
  '=1+1\u001b]0;owned\u0007\u001b[2J\u0000\ud800\ufffe\u202e]]></failure><script>alert(1)</script>&amp;' +
  '"\' | ```\n# `x` **b** [a](http://a.example) <b onload=x> $&\r\n,__proto__,constructor\t\u{1f600}é';

export function caseOf(id: string, some: Partial<ConformanceCase> = {}): ConformanceCase {
  return {
    id,
    clause: id.slice(0, id.indexOf('/')),
    level: 'MUST',
    role: 'tracker',
    title: 'A peer asks: it is answered.',
    requirement: 'A tracker answers.',
    verdict: 'pass',
    message: '',
    durationMs: 1500,
    transcript: [],
    repro: `npx minibit conform --case ${id} --seed 7`,
    ...some,
  };
}

export function failingCase(id: string, some: Partial<ConformanceCase> = {}): ConformanceCase {
  return caseOf(id, {
    verdict: 'fail',
    message: 'expected an answer, got nothing',
    expected: 'an answer',
    actual: 'nothing',
    schemaPath: '/peers (type)',
    transcript: [
      eventOf(0.5, { kind: 'open' }),
      eventOf(1, { text: '{"action":"get_peers"}' }),
      eventOf(2, { from: 'subject', to: 'suite', kind: 'reset' }),
    ],
    stderr: 'Traceback\nKeyError: 1\n',
    stdout: 'listening\n',
    ...some,
  });
}

export function eventOf(atMs: number, some: Partial<WireEvent> = {}): WireEvent {
  return { atMs, from: 'suite', to: 'subject', connection: 1, kind: 'bytes', sizeBytes: 9, text: '', ...some };
}

/** A failure in which every text of the program is hostile. */
function hostileCase(id: string): ConformanceCase {
  const texts = {
    message: hostile,
    expected: hostile,
    actual: hostile,
    schemaPath: hostile,
    stderr: hostile,
    stdout: hostile,
  };
  const transcript = [
    eventOf(1, { text: hostile }),
    eventOf(2, { from: '__proto__', to: hostile, text: hostile }),
    eventOf(3, { from: 'constructor', to: 'subject', kind: 'refused' }),
  ];
  return failingCase(id, { ...texts, transcript, title: hostile, repro: hostile });
}

export function conformanceOf(name: string, ...cases: ConformanceCase[]): ConformanceResult {
  const number = (verdict: string): number => cases.filter((item) => item.verdict === verdict).length;
  const open = cases.filter(({ known }) => known === undefined);
  const [isBroken, isOpen] = ['fail', 'error'].map((verdict) => open.some((item) => item.verdict === verdict));
  const isKnown = cases.some(({ verdict, known }) => verdict === 'fail' && known !== undefined);
  return {
    format: 'minibit-conformance-2',
    implementation: { name, extensions: [], manifest: `/${name}/minibit.json` },
    harness: { ...benchmarkOf().harness, seed: 7 },
    verdict: isBroken ? 'not-conforming' : isOpen ? 'not-judged' : isKnown ? 'known-failures' : 'conforming',
    durationMs: 2000,
    summary: {
      pass: number('pass'),
      fail: number('fail'),
      warn: number('warn'),
      info: number('info'),
      'not-applicable': number('not-applicable'),
      error: number('error'),
    },
    cases,
  };
}

/** A result with a case of every verdict, and hostile text in place of every text of a program or user. */
export function hostileResult(): ConformanceResult {
  const result = conformanceOf(
    hostile,
    caseOf('tracker.a/1'),
    hostileCase('tracker.a/2'),
    caseOf('tracker.b/1', { verdict: 'warn', level: 'SHOULD', message: hostile }),
    caseOf('tracker.c/1', { verdict: 'error', message: hostile, blockedBy: 'tracker.a/2' }),
    caseOf('tracker.d/1', { verdict: 'info', level: 'MAY', message: hostile }),
    caseOf('tracker.e/1', { verdict: 'not-applicable', message: hostile }),
    { ...hostileCase('__proto__.f/1'), known: hostile },
  );
  return {
    ...result,
    knownFailures: [
      { case: '__proto__.f/1', reason: hostile, state: 'failed' },
      { case: hostile, reason: hostile, state: 'unmatched' },
      { case: 'tracker.a/1', reason: hostile, state: 'stale' },
    ],
  };
}
