// Writes types.ts, the TypeScript types of all messages and documents, from the schemas beside it.
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { compile } from 'json-schema-to-typescript';

/** @typedef {Record<string, any>} Schema */

const folder = fileURLToPath(new URL('.', import.meta.url));
const documents = [
  'manifest.json',
  'conformance-result.json',
  'benchmark-result.json',
  'compare-result.json',
  'interop-result.json',
  'known-failures.json',
  'message-budget.json',
];

/**
 * The name of a type: `request_block.response.json` gives `RequestBlockResponse`.
 * @param {string} text
 */
function typeName(text) {
  return text
    .replace(/\.json$/, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/**
 * The same schema in the words that the generator understands: all definitions in one place, names only where a type
 * shall have one, and the two forms of a response as a union.
 * @param {any} node
 * @returns {any}
 */
function forGenerator(node) {
  if (Array.isArray(node)) return node.map(forGenerator);
  if (typeof node !== 'object' || node === null) return node;

  const { $ref, if: condition, then: success, else: error, ...rest } = /** @type {Schema} */ (node);
  if (condition) return { description: rest.description, oneOf: [named(success), forGenerator(error)] };
  if ($ref) return { description: rest.description, allOf: [{ $ref: `#/$defs/${typeName($ref.split('/').at(-1))}` }] };

  // Alternatives that only constrain ("at least one of these fields", "this format or that") are not types.
  if (rest.anyOf?.every((/** @type {Schema} */ branch) => branch.required ?? branch.format)) delete rest.anyOf;
  const isField = typeof rest.title === 'string';
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => !(isField && ['$schema', '$id', '$defs', 'title'].includes(key)))
      .map(([key, value]) => [key, forGenerator(value)]),
  );
}

/**
 * @param {Schema} schema
 * @returns {Schema}
 */
const named = (schema) => ({ ...forGenerator(schema), title: typeName(schema.title) });

/** @type {Schema} */
const $defs = {};

/**
 * @param {string} file
 * @param {string} name
 * @param {Schema} schema
 */
function define(file, name, schema) {
  const definition = forGenerator(schema);
  if (name in $defs && !isDeepStrictEqual($defs[name], definition)) {
    throw new Error(
      `${file} defines ${name}, which another schema defines differently: give one of them another name.`,
    );
  }
  $defs[name] = definition;
}

const messages = (await readdir(`${folder}messages`)).sort().map((name) => `messages/${name}`);
for (const file of [...messages, ...documents]) {
  const schema = JSON.parse(await readFile(folder + file, 'utf8'));
  for (const [name, definition] of Object.entries(schema.$defs ?? {})) define(file, typeName(name), definition);
  if (basename(file) !== 'common.json') define(file, typeName(basename(file)), schema);
}

const root = /** @type {Schema} */ ({ $defs, type: 'object', additionalProperties: false });
const types = await compile(root, 'Schemas', {
  bannerComment: '// Generated from the schemas by generate-types.js: change those.',
  additionalProperties: false,
  unknownAny: true,
  unreachableDefinitions: true,
});

// Others may read the file at this moment: it is replaced whole.
const target = `${folder}types.ts`;
await writeFile(
  `${target}.${process.pid}`,
  types.replace(/\n \*\s*\n \* This interface was referenced by[^]*?(?=\n \*\/)/g, ''),
);
await rename(`${target}.${process.pid}`, target);
