import { commonSchema, messageNames, messageSchemas } from '../messages.ts';
import type { MessageName } from '../messages.ts';
import { fieldTable, resolved } from './field-table.ts';
import type { FieldSchema, ObjectSchema } from './field-table.ts';

interface MessageSchema extends Partial<ObjectSchema> {
  readonly description: string;
  /** The success form of a response. */
  readonly then?: ObjectSchema;
}

const begin = '<!-- Generated from schemas/messages by "npm run spec": begin -->';
const end = '<!-- Generated from schemas/messages by "npm run spec": end -->';

/**
 * The specification with the field tables of all messages made anew from their schemas.
 * @throws Error if the lines around the tables are missing
 */
export function withMessageReference(specification: string): string {
  const [before = '', old] = specification.split(begin);
  const after = old?.split(end)[1];
  if (after === undefined) throw new Error(`The specification lacks one of these lines:\n${begin}\n${end}`);
  return `${before}${begin}\n\n${messageReference()}\n\n${end}${after}`;
}

function messageReference(): string {
  const actions = messageNames.flatMap((name) => /^(\w+)\.request$/.exec(name)?.slice(1) ?? []);
  const sections = [...actions.map(actionSection), errorSection()];
  return sections.map((section, index) => `### 9.${index + 1} ${section}`).join('\n\n');
}

function actionSection(action: string): string {
  const request = schemaOf(`${action}.request`);
  const success = schemaOf(`${action}.response`).then;
  return [
    `\`${action}\``,
    request.description,
    ...table('Request', request),
    ...table('Response, success', success),
    ...entryTables(success),
  ].join('\n\n');
}

function errorSection(): string {
  return [
    'Error responses',
    ...table('To `request_block` and `request_block_tracker`', commonSchema.$defs.blockErrorResponse),
    ...table('To all others', commonSchema.$defs.errorResponse),
  ].join('\n\n');
}

/** A table for each list of objects. */
function entryTables({ properties = {} }: Partial<ObjectSchema> = {}): string[] {
  return Object.entries(properties).flatMap(([name, { items }]) => {
    const entry: FieldSchema & Partial<ObjectSchema> = resolved(items ?? {});
    return entry.properties ? table(`Each entry of \`${name}\``, entry) : [];
  });
}

function table(title: string, { properties = {}, required = [] }: Partial<ObjectSchema> = {}): string[] {
  return [`${title}:`, fieldTable({ properties, required })];
}

const schemaOf = (name: string): MessageSchema => messageSchemas[name as MessageName];
