import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clauses } from './clauses.ts';
import { commonSchema, messageNames, messageSchemas } from './messages.ts';
import type { MessageName } from './messages.ts';
import { checkMessage } from './validate.ts';

const specification = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');

describe('PROTOCOL.md', () => {
  it('states the clauses of the registry, word for word and in its order', () => {
    expect(statedClauses()).to.deep.equal([...clauses.values()]);
  });

  it('has no anchor that is not a clause', () => {
    const anchors = specification.match(/<a id=/g) ?? [];
    expect(anchors).to.have.lengthOf(clauses.size);
  });

  it('links to sections that exist', () => {
    const sections = Array.from(specification.matchAll(/^#+ (.+)$/gm), ([, title]) => slug(String(title)));
    const links = Array.from(specification.matchAll(/\]\(#([^)]+)\)/g), ([, target]) => target);
    expect(sections).to.include.members(links);
  });

  it('shows only messages that are valid', () => {
    let action = '';
    for (const message of shownMessages()) {
      action = message.action ?? action;
      const name = `${action}.${message.action ? 'request' : 'response'}` as MessageName;
      expect(checkMessage(name, message), JSON.stringify(message)).to.deep.equal([]);
    }
  });

  it('shows the bytes of one of these messages', () => {
    const bytes = fences('hexdump').flatMap((line) => line.slice(10, 58).trim().split(' '));
    const text = Buffer.from(bytes.join(''), 'hex').toString();
    expect(fences('exchange').some((line) => line.endsWith(text))).to.be.true;
    expect(specification).to.include(`these ${bytes.length} bytes on the wire`);
  });

  for (const name of messageNames) {
    it(`lists the fields of ${name} as its schema does`, () => {
      const [action, direction] = name.split('.');
      const section = sectionOf(`\`${String(action)}\``);
      const heading = direction === 'request' ? 'Request:' : 'Response, success:';
      const schema = messageSchemas[name];
      expect(fieldTable(section, heading)).to.deep.equal(fieldsOf('then' in schema ? schema.then : schema));
    });
  }

  for (const [heading, definition] of [
    ['To `request_block` and `request_block_tracker`:', commonSchema.$defs.blockErrorResponse],
    ['To all others:', commonSchema.$defs.errorResponse],
    ['Each entry of `peers`, here and in `get_peers`:', commonSchema.$defs.peerEntry],
  ] as const) {
    it(`lists the fields of the ${definition.title.toLowerCase()} as its schema does`, () => {
      expect(fieldTable(specification, heading)).to.deep.equal(fieldsOf(definition));
    });
  }
});

function statedClauses(): unknown[] {
  const block =
    /^<a id="(?<anchor>.+)"><\/a>\*\*(?<id>.+)\*\* · (?<level>\w+) · (?<role>\w+) · (?<source>[^·\n]+?)(?: · extension `(?<extension>\w+)`)?\\\n(?<text>.+?)(?:\\\n_Excluded: (?<excluded>.+)\._)?$/gm;
  return Array.from(specification.matchAll(block), ({ groups }) => {
    const { anchor, ...clause } = groups ?? {};
    expect(clause['id']).to.equal(anchor);
    return Object.fromEntries(
      Object.entries(clause).filter(([, value]) => (value as string | undefined) !== undefined),
    );
  });
}

/** The lines inside all fenced blocks of this language. */
function fences(language: string): string[] {
  const blocks = specification.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)\\n\`\`\`$`, 'gm'));
  return Array.from(blocks, ([, content]) => String(content).split('\n')).flat();
}

function shownMessages(): { action?: string }[] {
  const messages = fences('exchange').map((line) => JSON.parse(line.slice(line.indexOf('{'))) as { action?: string });
  expect(messages).to.not.be.empty;
  return messages;
}

function sectionOf(title: string): string {
  const [, section] = specification.split(new RegExp(`^### [\\d.]+ ${title}$`, 'm')).slice(-2);
  return String(section).split(/^##/m)[0] ?? '';
}

type Field = [name: string, presence: string, meaning: string];

/** The rows of the first table after the heading. */
function fieldTable(section: string, heading: string): Field[] {
  const [, after] = section.split(`\n${heading}\n\n`);
  const [table] = String(after).split('\n\n');
  const rows = String(table).trim().split('\n').slice(2);
  return rows.map((row) => {
    const [, name, , presence, meaning] = row.split('|').map((cell) => cell.trim());
    return [String(name), String(presence), String(meaning)];
  });
}

interface FieldsSchema {
  readonly properties: Record<string, { description: string }>;
  readonly required: string[];
}

function fieldsOf({ properties, required }: FieldsSchema): Field[] {
  return Object.entries(properties).map(([name, { description }]) => {
    const [, extension, meaning] = /^Extension (`\w+`): (.+)$/.exec(description) ?? [];
    const presence = extension === undefined ? 'optional' : `extension ${extension}`;
    return [`\`${name}\``, required.includes(name) ? 'required' : presence, capitalised(meaning ?? description)];
  });
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The anchor that a heading gets where Markdown is shown. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
