import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { execa } from 'execa';
import { caseOf, conformanceOf, failingCase, hostileResult } from '../test-support/example-conformance.ts';
import { junit } from './junit.ts';

const schema = fileURLToPath(new URL('junit.xsd', import.meta.url));

/** The output of an independent validator. */
async function problems(xml: string): Promise<string> {
  if (!existsSync('/usr/bin/xmllint')) throw new Error('Install xmllint, of the package libxml2-utils.');
  const { stderr } = await execa({ input: xml, reject: false })`xmllint --noout --nonet --schema ${schema} -`;
  return stderr;
}

/** Evaluates an XPath. */
async function find(xml: string, path: string): Promise<string> {
  const { stdout } = await execa({ input: xml })`xmllint --nonet --xpath ${path} -`;
  return stdout;
}

describe('junit', () => {
  it('is valid against the common schema, even with hostile texts', async () => {
    const xml = junit([hostileResult(), conformanceOf('other'), hostileResult()]);
    expect(await problems(xml)).to.equal('- validates');
  });

  it('is checked by a schema that rejects invalid documents', async () => {
    const xml = junit([conformanceOf('x', caseOf('a/1'))]);
    expect(await problems(xml.replace('<system-out/>', ''))).to.contain('fails to validate');
    expect(await problems(xml.replace(' id="0"', ''))).to.contain('fails to validate');
  });

  it('has an error for an interruption', async () => {
    const xml = junit([{ ...conformanceOf('x', caseOf('a/1')), interruptedBy: 'SIGINT' }]);
    expect(await problems(xml)).to.equal('- validates');
    expect(await find(xml, 'string(/testsuites/@errors)')).to.equal('1');
    expect(await find(xml, 'string(//error/@message)')).to.contain('interrupted by SIGINT');
  });

  it('has a suite per clause, with its properties, and a test per case', async () => {
    const xml = junit([conformanceOf('x', caseOf('a.b/1'), failingCase('a.b/2'), caseOf('c/1', { level: 'SHOULD' }))]);
    expect(await find(xml, 'string(//testsuite[1]/@name)')).to.equal('x: a.b');
    expect(await find(xml, 'count(//testsuite[1]/testcase)')).to.equal('2');
    expect(await find(xml, 'string(//testsuite[2]//property[@name="level"]/@value)')).to.equal('SHOULD');
    expect(await find(xml, 'string(//testsuite[1]//property[@name="clause"]/@value)')).to.equal('a.b');
    expect(await find(xml, 'string(/testsuites/@time)')).to.equal('4.500');
  });

  it('contains all details of a failure', async () => {
    const text = await find(junit([conformanceOf('x', failingCase('a/1'))]), 'string(//failure)');
    for (const part of ['A tracker answers.', 'an answer', 'nothing', '/peers (type)', 'Seed: 7', '--case a/1']) {
      expect(text).to.contain(part);
    }
    expect(text).to.contain('1.0 ms  suite → subject  #1 {"action":"get_peers"}').and.contain('KeyError: 1');
  });

  it('fails only for what fails the session', async () => {
    const known = failingCase('a/1', { known: 'ticket 12' });
    const warn = caseOf('b/1', { verdict: 'warn', level: 'SHOULD', message: 'slow' });
    const error = caseOf('c/1', { verdict: 'error', message: 'not testable' });
    const result = conformanceOf(
      'x',
      known,
      warn,
      error,
      caseOf('d/1', { verdict: 'not-applicable', message: 'no peer' }),
    );
    const xml = junit([{ ...result, knownFailures: [{ case: 'e/1', reason: 'r', state: 'unmatched' }] }]);
    expect(await find(xml, 'string(//testcase[@name="a/1"]/skipped/@message)')).to.equal('known failure: ticket 12');
    expect(await find(xml, 'count(//testcase[@name="b/1"]/*)')).to.equal('0');
    expect(await find(xml, 'string(//testsuite[2]/system-out)')).to.equal('warn b/1: slow');
    expect(await find(xml, 'string(//testcase[@name="c/1"]/error/@message)')).to.equal('not testable');
    expect(await find(xml, 'string(//testcase[@name="d/1"]/skipped/@message)')).to.equal('no peer');
    expect(await find(xml, 'string(//testcase[@name="e/1"]/failure/@message)')).to.contain('no such case');
    expect(await find(xml, 'concat(/*/@tests, " ", /*/@failures, " ", /*/@errors)')).to.equal('5 1 1');
  });
});
