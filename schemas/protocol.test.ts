import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clauses } from './clauses.ts';
import { commonSchema, messageNames, messageSchemas } from './messages.ts';
import type { MessageName } from './messages.ts';
import { fieldTable } from './specification/field-table.ts';
import { withMessageReference } from './specification/message-reference.ts';
import { checkMessage } from './validate.ts';

const specification = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');

const clausePattern =
  /^<a id="(?<anchor>.+)"><\/a>\*\*(?<id>.+)\*\* · (?<level>\w+) · (?<role>\w+) · (?<source>[^·\n]+?)(?: · extension `(?<extension>\w+)`)?\\\n(?<text>.+?)(?:\\\n_Excluded: (?<excluded>.+)\._)?$/gm;

describe('PROTOCOL.md', () => {
  it('states the clauses of clauses.json, word for word and in order', () => {
    expect(statedClauses()).to.deep.equal([...clauses.values()]);
  });

  it('binds by its clauses alone', () => {
    const unbound = specification.replace(clausePattern, '').replaceAll(/`[^`\n]*`\]\(#.+?\)|\(#.+?\)/g, '');
    const [, text] = unbound.split('\n### 1.2 ');
    expect(text).to.not.match(/\b(must|shall|should|may|required to)\b/i);
  });

  it('has no anchor that is not a clause', () => {
    const anchors = specification.match(/<a id=/g) ?? [];
    expect(anchors).to.have.lengthOf(clauses.size);
  });

  it('links to sections and clauses that exist', () => {
    const sections = Array.from(specification.matchAll(/^#+ (.+)$/gm), ([, title]) => slug(String(title)));
    const links = Array.from(specification.matchAll(/\]\(#([^)]+)\)/g), ([, target]) => target);
    expect([...sections, ...clauses.keys()]).to.include.members(links);
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

  it('has the field tables that the message schemas give', () => {
    expect(specification, 'run "npm run spec"').to.equal(withMessageReference(specification));
  });

  for (const name of messageNames) {
    it(`lists the fields of ${name} as its schema does`, () => {
      const [action, direction] = name.split('.');
      const section = sectionOf(`\`${String(action)}\``);
      const heading = direction === 'request' ? 'Request:' : 'Response, success:';
      const schema = messageSchemas[name];
      expect(tableAfter(section, heading)).to.equal(fieldTable('then' in schema ? schema.then : schema));
    });
  }

  for (const [heading, definition] of [
    ['To `request_block` and `request_block_tracker`:', commonSchema.$defs.blockErrorResponse],
    ['To all others:', commonSchema.$defs.errorResponse],
    ['Each entry of `peers`:', commonSchema.$defs.peerEntry],
  ] as const) {
    it(`lists the fields of the ${definition.title.toLowerCase()} as its schema does`, () => {
      expect(tableAfter(specification, heading)).to.equal(fieldTable(definition));
    });
  }
});

function statedClauses(): unknown[] {
  return Array.from(specification.matchAll(clausePattern), ({ groups }) => {
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

/** The first table after the heading. */
function tableAfter(section: string, heading: string): string {
  const [, after] = section.split(`\n${heading}\n\n`);
  return String(after).split('\n\n')[0]?.trim() ?? '';
}

/** The anchor that GitHub gives to a heading. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
