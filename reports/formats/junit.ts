import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { failureText } from '../conformance/failure-text.ts';
import { outputTails } from '../output-tails.ts';
import { startProblems } from '../conformance/start-problems.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { labels } from '../results/labels.ts';
import { caseState } from '../conformance/case-state.ts';
import { content, element } from './xml.ts';

/** A JUnit test suite. */
interface Suite {
  readonly name: string;
  readonly result: ConformanceResult;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly tests: readonly Test[];
  readonly output: string;
}

interface Test {
  readonly name: string;
  readonly className: string;
  readonly seconds: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly text: string;
  };
}

/**
 * Conformance results as JUnit XML, for the test reports of CI servers. The common schema allows properties only on suites,
 * so every clause is a suite, and its cases are tests. Known failures are skipped; a broken SHOULD passes, with a line in
 * the suite's output.
 */
export function junit(results: readonly ConformanceResult[]): string {
  const names = labels(results);
  const suites = results.flatMap((result, at) => suitesOf(result, names[at] ?? ''));
  const tests = suites.flatMap((suite) => suite.tests);
  const totals = { name: 'minibit conform', ...numbers(tests) };
  const inner = suites.map(suiteXml).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', totals, `\n${inner}\n`)}\n`;
}

function suitesOf(result: ConformanceResult, label: string): Suite[] {
  const byClause = new Map<string, ConformanceCase[]>();
  for (const item of result.cases) byClause.set(item.clause, [...(byClause.get(item.clause) ?? []), item]);
  const { seed, version } = result.harness;
  const suites = [...byClause].flatMap(([clause, cases]): Suite[] => {
    const [first] = cases;
    if (first === undefined) return [];
    const { level, requirement } = first;
    return [
      {
        name: `${label}: ${clause}`,
        result,
        properties: { clause, level, requirement, implementation: label, seed, harness: version },
        tests: cases.map((item) => test(item, label, seed)),
        output: cases.flatMap((item) => remark(item)).join('\n'),
      },
    ];
  });
  if (result.interruptedBy !== undefined) suites.push(interruption(result, label));
  const starts = startProblems(result).map(({ what, why, start }): Test => ({
    name: what,
    className: `${label}.starts`,
    seconds: 0,
    outcome: {
      kind: start.verdict === 'does-not-start' ? 'failure' : 'error',
      message: why,
      text: [why, ...outputTails(start).map(({ name, text }) => `${name}:\n${text}`)].join('\n\n'),
    },
  }));
  if (starts.length > 0) {
    const properties = { implementation: label };
    suites.unshift({ name: `${label}: starts`, result, properties, tests: starts, output: '' });
  }
  const problems = knownFailureProblems(result).map(({ case: id, problem, reason }): Test => ({
    name: id,
    className: `${label}.known-failures`,
    seconds: 0,
    outcome: { kind: 'failure', message: problem, text: `${id}: ${problem} (${reason})` },
  }));
  if (problems.length === 0) return suites;
  const properties = { implementation: label };
  return [...suites, { name: `${label}: known failures`, result, properties, tests: problems, output: '' }];
}

/** The cases without a verdict are not in the result: a test stands for them. */
function interruption(result: ConformanceResult, label: string): Suite {
  const message = `The session was interrupted by ${result.interruptedBy ?? ''}: the cases that are missing have no verdict.`;
  const tests: Test[] = [
    {
      name: 'the session ends',
      className: `${label}.session`,
      seconds: 0,
      outcome: { kind: 'error', message, text: message },
    },
  ];
  return { name: `${label}: session`, result, properties: { implementation: label }, tests, output: '' };
}

function test(item: ConformanceCase, label: string, seed: number): Test {
  const base = { name: item.id, className: `${label}.${item.clause}`, seconds: item.durationMs / 1000 };
  const text = failureText(item, seed);
  switch (caseState(item)) {
    case 'fail':
      return { ...base, outcome: { kind: 'failure', message: item.message, text } };
    case 'error':
      return { ...base, outcome: { kind: 'error', message: item.message, text } };
    case 'known':
      return { ...base, outcome: { kind: 'skipped', message: `known failure: ${item.known ?? ''}`, text } };
    case 'not-applicable':
      return { ...base, outcome: { kind: 'skipped', message: item.message, text: '' } };
    default:
      return base;
  }
}

/** The lines that a passed test adds to the suite's output. */
function remark(item: ConformanceCase): string[] {
  if (item.verdict === 'info') return item.message === '' ? [] : [`info ${item.id}: ${item.message}`];
  if (item.verdict === 'warn') return [`warn ${item.id}: ${item.message}`];
  return item.judgedWith === undefined ? [] : [`${item.verdict} ${item.id}: judged with ${item.judgedWith.join(', ')}`];
}

function numbers(tests: readonly Test[]): { tests: number; failures: number; errors: number; time: string } {
  const count = (kind: string): number => tests.filter(({ outcome }) => outcome?.kind === kind).length;
  const seconds = tests.reduce((sum, item) => sum + item.seconds, 0);
  return { tests: tests.length, failures: count('failure'), errors: count('error'), time: seconds.toFixed(3) };
}

function suiteXml({ name, result, properties, tests, output }: Suite, id: number): string {
  const attributes = {
    name,
    id,
    package: 'minibit',
    hostname: 'localhost',
    // The schema requires a time without a zone.
    timestamp: result.harness.startedAt.slice(0, 19),
    ...numbers(tests),
    skipped: tests.filter(({ outcome }) => outcome?.kind === 'skipped').length,
  };
  const parts = [
    element(
      'properties',
      {},
      Object.entries(properties)
        .map(([key, value]) => element('property', { name: key, value }))
        .join(''),
    ),
    ...tests.map(testXml),
    element('system-out', {}, content(output)),
    element('system-err', {}),
  ];
  return element('testsuite', attributes, `\n${parts.join('\n')}\n`);
}

function testXml({ name, className, seconds, outcome }: Test): string {
  const attributes = { name, classname: className, time: seconds.toFixed(3) };
  if (outcome === undefined) return element('testcase', attributes);
  const { kind, message, text } = outcome;
  // The attribute has the first line; the text has all of them.
  const [first] = message.split('\n');
  const type = kind === 'skipped' ? undefined : kind;
  return element('testcase', attributes, element(kind, { message: first, type }, content(text)));
}
