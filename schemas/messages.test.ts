import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { commonSchema, messageNames, messageSchemas } from './messages.ts';

describe('the message schemas', () => {
  it('cover all files of their folder', () => {
    const files = readdirSync(new URL('messages', import.meta.url));
    expect(files.sort()).to.deep.equal(['common', ...messageNames].map((name) => `${name}.json`).sort());
  });

  for (const [name, schema] of Object.entries({ ...messageSchemas, common: commonSchema })) {
    it(`have the id of their file: ${name}`, () => {
      expect(schema.$schema).to.equal('https://json-schema.org/draft/2020-12/schema');
      expect(schema.$id).to.equal(`https://minibit.example/schemas/messages/${name}.json`);
    });
  }
});

describe('every schema', () => {
  const folder = new URL('.', import.meta.url);
  const files = [...readdirSync(folder), ...readdirSync(new URL('messages', folder)).map((name) => `messages/${name}`)];
  for (const file of files.filter((name) => name.endsWith('.json') && name !== 'clauses.json')) {
    it(`has a title and a description for itself and each of its fields: ${file}`, () => {
      const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Described;
      expect(undescribed(schema, '#', { ...commonSchema.$defs, ...schema.$defs })).to.deep.equal([]);
    });
  }
});

interface Described {
  readonly title?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly then?: Described;
  readonly items?: Described;
  readonly properties?: Record<string, Described>;
  readonly $defs?: Record<string, Described>;
}

/** The places that lack a title or a description. A reference may take them from its definition. */
function undescribed(schema: Described, place: string, definitions: Record<string, Described>): string[] {
  const { $ref, then, items, properties = {}, $defs = {} } = schema;
  const isField = !/\/(items|\$defs\/\w+)$/.test(place);
  const parts: Record<string, Described> = {
    ...(then && { then }),
    ...(items && { items }),
    ...within('properties', properties),
    ...within('$defs', $defs),
  };
  const missing = Object.entries(parts).flatMap(([name, part]) => undescribed(part, `${place}/${name}`, definitions));
  return isField && !isDescribed({ ...definitions[$ref?.split('/').at(-1) ?? ''], ...schema })
    ? [place, ...missing]
    : missing;
}

const isDescribed = ({ title, description }: Described): boolean => Boolean(title && description);

const within = (keyword: string, parts: Record<string, Described>): Record<string, Described> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [`${keyword}/${name}`, part]));
