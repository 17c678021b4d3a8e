import { commonSchema } from '../messages.ts';

/** The parts of JSON Schema that the message schemas use to describe a field. */
export interface FieldSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: FieldSchema;
  readonly additionalProperties?: FieldSchema;
}

/** An object with named fields: a request, a response, or an entry of a list. */
export interface ObjectSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
}

/** A Markdown table with one row for each field of a message, formatted as Prettier formats it. */
export function fieldTable({ properties, required }: ObjectSchema): string {
  const rows = Object.entries(properties).map(([name, field]) => {
    const { extension, meaning } = describedField(field);
    const presence = extension === undefined ? 'optional' : `extension \`${extension}\``;
    return [`\`${name}\``, fieldType(resolved(field)), required.includes(name) ? 'required' : presence, meaning];
  });
  return markdownTable(['Field', 'Type', 'Presence', 'Meaning'], rows);
}

/** The schema that a reference to a definition of `common.json` stands for. */
export function resolved(field: FieldSchema): FieldSchema {
  const name = field.$ref?.split('/').at(-1);
  const definitions: Readonly<Record<string, FieldSchema>> = commonSchema.$defs;
  return name === undefined ? field : { ...definitions[name], ...field };
}

/** Descriptions of fields that belong to an extension begin with "Extension `name`:". */
function describedField({ description = '' }: FieldSchema): { extension?: string; meaning: string } {
  const [, extension, text] = /^Extension `(\w+)`: (.+)$/.exec(description) ?? [];
  if (extension === undefined || text === undefined) return { meaning: description };
  return { extension, meaning: text.charAt(0).toUpperCase() + text.slice(1) };
}

function fieldType(field: FieldSchema): string {
  if (field.const !== undefined) return `\`"${field.const}"\``;
  switch (field.type) {
    case 'string':
      return field.minLength === undefined ? 'string' : 'string, not empty';
    case 'integer':
      return ['int', ...range(field)].join(', ');
    case 'array':
      return `list of ${plural(field.items)}`;
    case 'object':
      return `object of ${plural(field.additionalProperties)}`;
    default:
      return String(field.type);
  }
}

function range({ minimum, maximum }: FieldSchema): string[] {
  if (minimum === undefined) return [];
  return [maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`];
}

function plural(items: FieldSchema = {}): string {
  const { type } = resolved(items);
  return type === 'integer' ? 'ints' : `${String(type)}s`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
