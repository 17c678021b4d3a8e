import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { messageNames } from './messages.ts';
import { checkDocument, checkMessage } from './validate.ts';
import type { MessageName, SchemaProblem } from './validate.ts';

/** A file of examples/invalid: the value, and what rejects it where. */
interface InvalidExample {
  readonly keyword: string;
  readonly path: string;
  readonly message?: unknown;
  readonly document?: unknown;
}

const checks = new Map<string, (value: unknown) => SchemaProblem[]>([
  ...messageNames.map((name: MessageName) => [name, (value: unknown) => checkMessage(name, value)] as const),
  ['manifest', (value) => checkDocument('manifest', value)],
  ['known-failures', (value) => checkDocument('known-failures', value)],
  ['message-budget', (value) => checkDocument('message-budget', value)],
]);

for (const [name, check] of checks) {
  describe(`examples of ${name}`, () => {
    for (const [file, value] of examples('valid', name)) {
      it(`accepts ${file}`, () => expect(check(value)).to.deep.equal([]));
    }
    for (const [file, example] of examples('invalid', name)) {
      const { keyword, path, message, document } = example as InvalidExample;
      it(`rejects ${file} by ${keyword}`, () => {
        const problems = check(message === undefined ? document : message);
        expect(problems.map((problem) => [problem.keyword, problem.path])).to.deep.equal([[keyword, path]]);
      });
    }
  });
}

describe('the folders of examples', () => {
  for (const kind of ['valid', 'invalid'] as const) {
    it(`hold ${kind} ones for every message and document that a user writes`, () => {
      expect(readdirSync(folder(kind)).sort()).to.deep.equal([...checks.keys()].sort());
    });
  }
});

function examples(kind: 'valid' | 'invalid', name: string): [file: string, content: unknown][] {
  const files = readdirSync(folder(kind, name));
  expect(files, `${kind} examples of ${name}`).to.not.be.empty;
  return files.map((file) => [file, JSON.parse(readFileSync(folder(kind, name, file), 'utf8'))]);
}

function folder(...path: string[]): URL {
  return new URL(['examples', ...path].join('/'), import.meta.url);
}
