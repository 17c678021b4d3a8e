import type { ErrorObject } from 'ajv/dist/2020.js';

/** Why a value does not fit its schema. */
export interface SchemaProblem {
  /** JSON pointer to the field at fault, a missing or unknown field included; empty: the whole value. */
  readonly path: string;
  /** The keyword of JSON Schema that rejects it. */
  readonly keyword: string;
  /** Reads on from the path: "must be an integer". */
  readonly message: string;
}

/** Turns an error of Ajv, compiled with `verbose`, into one that names the field and what is expected there. */
export function describeProblem(error: ErrorObject): SchemaProblem {
  const { keyword, instancePath } = error;
  const field = fieldOf(error);
  const path = field === undefined ? instancePath : `${instancePath}/${escapePointer(field)}`;
  return { path, keyword, message: messageOf(error) };
}

/** The name of a field that Ajv reports on the object around it. */
function fieldOf({ params }: ErrorObject): string | undefined {
  const { missingProperty, additionalProperty, propertyName } = params as Partial<Record<string, string>>;
  return missingProperty ?? additionalProperty ?? propertyName;
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}

function messageOf({ keyword, message, params, schema, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return `is not a known field; known are ${Object.keys((parentSchema as { properties: object }).properties).join(', ')}`;
    case 'type':
      return `must be ${withArticle(String(schema))}`;
    case 'enum':
      return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.map(quote).join(', ')}`;
    case 'const':
      return `must be ${quote((params as { allowedValue: unknown }).allowedValue)}`;
    case 'anyOf':
      return alternatives(schema) ?? described(message, parentSchema);
    case 'pattern':
      return described(message, parentSchema);
    case 'propertyNames':
      return described(message, schema);
    default:
      return message ?? `must satisfy ${keyword}`;
  }
}

function withArticle(type: string): string {
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** "At least one of these fields", where that is what an `anyOf` says. */
function alternatives(branches: unknown): string | undefined {
  const fields = (branches as { required?: string[] }[]).map(({ required }) => required?.[0]);
  return fields.includes(undefined) ? undefined : `must have at least one of ${fields.map(quote).join(', ')}`;
}

/** The description of a schema, where its keyword alone tells a reader little. */
function described(message: string | undefined, schema: unknown): string {
  const { description } = schema as { description?: string };
  return description === undefined ? String(message) : `must be as described: ${description}`;
}

const quote = (value: unknown): string => JSON.stringify(value);
