import { expect } from 'chai';
import { caseOf, conformanceOf, eventOf, failingCase, hostileResult } from '../test-support/example-conformance.ts';
import { painter, plain } from './colour.ts';
import { conformReport, conformSummary } from './conform-report.ts';

describe('conformReport', () => {
  it('shows requirement, expected, actual and rerun of a failure; the verdict last', () => {
    const text = conformReport(conformanceOf('x', caseOf('b/1'), failingCase('a/1')), plain);
    expect(text).to.equal(
      [
        'fail a/1',
        '  MUST: A tracker answers.',
        '  case      A peer asks: it is answered.',
        '  expected  an answer',
        '  actual    nothing',
        '  schema    /peers (type)',
        '        0.5 ms  suite → subject  #1 open',
        '        1.0 ms  suite → subject  #1 {"action":"get_peers"}',
        '        2.0 ms  subject → suite  #1 reset',
        '  stderr    Traceback',
        '  stderr    KeyError: 1',
        '  stdout    listening',
        '  rerun     npx minibit conform --case a/1 --seed 7',
        '',
        'x: not conforming',
        '2 cases in 2.0 s: 1 pass, 1 fail',
        '',
      ].join('\n'),
    );
  });

  it('stays short: few wire events, long lines cut, one line for each further failure', () => {
    const transcript = Array.from({ length: 50 }, (_, at) => eventOf(at, { text: 'x'.repeat(600) }));
    const cases = Array.from({ length: 30 }, (_, at) => failingCase(`a/${at}`, { transcript }));
    const lines = conformReport(conformanceOf('x', ...cases), plain).split('\n');
    expect(lines).to.have.length.below(200);
    for (const line of lines) expect(line.length).to.be.at.most(170);
    expect(lines).to.include('20 more cases').and.include('  a/29: expected an answer, got nothing');
  });

  it('says first with what help the program was judged, and counts it', () => {
    const help = {
      id: 'newline-after-request',
      role: 'tracker',
      what: 'a newline',
      because: 'it waits',
      clause: 'a',
    } as const;
    const cases = [
      caseOf('b/1', { judgedWith: [help.id] }),
      failingCase('a/1'),
      caseOf('b/2', { judgedWith: [help.id] }),
    ];
    const text = conformReport({ ...conformanceOf('x', ...cases), accommodations: [help] }, plain);
    expect(text).to.match(/^help The tracker was judged with a newline in 2 cases, because it waits \(a\)\.\n/);
    expect(text).to.contain('2 pass (2 with help), 1 fail');
  });

  it('says once which period is off', () => {
    const offPeriods = [{ request: 'get_peers', expectedMs: 200, source: 'stated', seenMs: 1500 }] as const;
    const cases = [caseOf('b/1', { offPeriods: [...offPeriods] }), caseOf('b/2', { offPeriods: [...offPeriods] })];
    expect(conformReport(conformanceOf('x', ...cases), plain)).to.match(
      /^timing The peer sends get_peers every 1500 ms, but timing\.peersMs states 200 ms\. It was judged by what was seen\.\n\n/,
    );
  });

  it('lists known failures, and errors in their list', () => {
    const result = conformanceOf('x', failingCase('a/1', { known: 'ticket 12' }));
    const text = conformReport({ ...result, knownFailures: [{ case: 'b/1', reason: 'r', state: 'stale' }] }, plain);
    expect(text).to.contain('1 known failure\n  a/1: ticket 12\n');
    expect(text).to.contain('b/1: listed as a known failure, but does not fail');
    expect(text).to.contain('x: known failures only\n').and.contain('1 fail (1 known)');
  });

  it('escapes control characters of programs', () => {
    const text = conformReport(hostileResult(), plain);
    expect(text).to.not.match(/[\u001b\u0007\u0000\u202e\r\ud800]/u);
    expect(text).to.contain('\\u001b[2J');
  });

  it('colours only if the stream does', () => {
    const result = conformanceOf('x', failingCase('a/1'));
    const colourful = painter({}, { FORCE_COLOR: '1' });
    expect(conformReport(result, colourful)).to.contain('\u001b[31mfail\u001b[39m');
    expect(conformReport(result, plain)).to.not.contain('\u001b');
  });
});

describe('conformSummary', () => {
  it('has a line per implementation', () => {
    const [good, bad] = [conformanceOf('good', caseOf('a/1')), conformanceOf('a bad one', failingCase('a/1'))];
    expect(conformSummary([good, { ...bad, interruptedBy: 'SIGINT' }], plain)).to.equal(
      'good       conforming      1 pass\na bad one  not conforming  1 fail, interrupted\n',
    );
    expect(conformSummary([hostileResult(), good], plain)).to.not.match(/[\u001b\r]/);
  });
});
