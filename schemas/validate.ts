import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describeProblem } from './describe-problem.ts';
import type { SchemaProblem } from './describe-problem.ts';
import { commonSchema, messageSchemas } from './messages.ts';
import type { MessageName } from './messages.ts';
import benchmarkResult from './benchmark-result.json' with { type: 'json' };
import caseList from './case-list.json' with { type: 'json' };
import compareResult from './compare-result.json' with { type: 'json' };
import conformanceResult from './conformance-result.json' with { type: 'json' };
import interopResult from './interop-result.json' with { type: 'json' };
import knownFailures from './known-failures.json' with { type: 'json' };
import messageBudget from './message-budget.json' with { type: 'json' };
import manifest from './manifest.json' with { type: 'json' };

export type { MessageName, SchemaProblem };

const documentSchemas = {
  manifest,
  'conformance-result': conformanceResult,
  'benchmark-result': benchmarkResult,
  'case-list': caseList,
  'compare-result': compareResult,
  'interop-result': interopResult,
  'known-failures': knownFailures,
  'message-budget': messageBudget,
};

export type DocumentKind = keyof typeof documentSchemas;

/**
 * Checks a message from the wire against its schema.
 * @returns only the first problem, as a hostile message may have millions; empty if valid
 */
export function checkMessage(name: MessageName, value: unknown): SchemaProblem[] {
  return check(messageValidator(name), value);
}

/**
 * Checks a document against its schema.
 * @returns all problems; empty if valid
 */
export function checkDocument(kind: DocumentKind, value: unknown): SchemaProblem[] {
  return check(documentValidator(kind), value);
}

function check(validate: ValidateFunction, value: unknown): SchemaProblem[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).filter(isCause).map(describeProblem);
}

/** Drops errors that only repeat another: those of an `if`, and those inside an `anyOf` or `propertyNames`. */
function isCause({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'if' && !/\/(anyOf|propertyNames)\//.test(schemaPath);
}

const messageValidator = once((name: MessageName) => compiler('messages').compile(messageSchemas[name]));

const documentValidator = once((kind: DocumentKind) => compiler('documents').compile(documentSchemas[kind]));

const compiler = once((of: 'messages' | 'documents') => {
  const ajv = new Ajv2020({ strict: true, verbose: true, allErrors: of === 'documents' });
  addFormats.default(ajv);
  ajv.addSchema(commonSchema);
  return ajv;
});

/** Memoizes: a schema is compiled on its first use. */
function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
