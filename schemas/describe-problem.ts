import type { ErrorObject } from 'ajv/dist/2020.js';

/** One violation of a schema. */
export interface SchemaProblem {
  /** JSON pointer to the invalid field, also if it is missing or unknown. Empty: the whole value. */
  readonly path: string;
  /** The violated JSON Schema keyword. */
  readonly keyword: string;
  /** Continues the path as a sentence: "must be an integer". */
  readonly message: string;
}

/** Names the field and what is expected of it. Ajv must run with `verbose`, which adds the schemas to its errors. */
export function describeProblem(error: ErrorObject): SchemaProblem {
  const { keyword, instancePath } = error;
  const field = fieldOf(error);
  const path = field === undefined ? instancePath : `${instancePath}/${escapePointer(field)}`;
  return { path, keyword, message: expectation(error) };
}

/** The field of an error that Ajv reports on the surrounding object. */
function fieldOf({ params }: ErrorObject): string | undefined {
  const { missingProperty, additionalProperty, propertyName } = params as Partial<Record<string, string>>;
  return missingProperty ?? additionalProperty ?? propertyName;
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}

function expectation({ keyword, message, params, schema, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return `is an unknown field; known fields: ${Object.keys((parentSchema as { properties: object }).properties).join(', ')}`;
    case 'minLength':
    case 'minItems':
      return (params as { limit: number }).limit === 1 ? 'must not be empty' : String(message);
    case 'maximum':
      return `must be at most ${String(schema)}${isInMilliseconds(parentSchema) ? ': is it in milliseconds?' : ''}`;
    case 'type':
      return `must be ${withArticle(String(schema))}`;
    case 'enum':
      return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.map(quote).join(', ')}`;
    case 'const':
      return `must be ${quote((params as { allowedValue: unknown }).allowedValue)}`;
    case 'anyOf':
      return requiredAlternatives(schema) ?? fromDescription(parentSchema) ?? String(message);
    case 'pattern':
      return fromDescription(parentSchema) ?? String(message);
    case 'propertyNames':
      return fromDescription(schema) ?? String(message);
    default:
      return message ?? `must satisfy ${keyword}`;
  }
}

/** A time of more than the limit is often one that was converted to a smaller unit twice. */
function isInMilliseconds(schema: unknown): boolean {
  return /milliseconds/.test((schema as { description?: string }).description ?? '');
}

function withArticle(type: string): string {
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** For an `anyOf` that requires at least one of several fields. */
function requiredAlternatives(branches: unknown): string | undefined {
  const fields = (branches as { required?: string[] }[]).map(({ required }) => required?.[0]);
  return fields.includes(undefined) ? undefined : `must have at least one of ${fields.map(quote).join(', ')}`;
}

/** What the description asks for ("must be an IPv4 or IPv6 address"), where the keyword alone tells little. */
function fromDescription(schema: unknown): string | undefined {
  const { description } = schema as { description?: string };
  return description && `must be ${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
}

const quote = (value: unknown): string => JSON.stringify(value);
