import { expect } from 'chai';
import registry from './clauses.json' with { type: 'json' };
import { clauses } from './clauses.ts';

describe('the clause registry', () => {
  it('has no id twice', () => {
    expect(clauses).to.have.lengthOf(registry.length);
  });

  for (const clause of clauses.values()) {
    it(`describes ${clause.id}`, () => {
      expect(clause.id).to.match(/^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$/);
      expect(clause.level).to.be.oneOf(['MUST', 'SHOULD', 'MAY']);
      expect(clause.role).to.be.oneOf(['both', 'tracker', 'peer']);
      expect(clause.source).to.match(/^(paper § \S.*|this specification)$/);
      expect(clause.text).to.match(/^[A-Z`].*\.$/);
      expect(clause.extension).to.be.oneOf([undefined, 'keep_alive', 'encoding', 'initial_blocks_data', 'metadata']);
      expect(clause.excluded).to.not.equal('');
    });
  }

  it('uses "may" in MAY clauses only, and in all of them', () => {
    for (const { id, level, text } of clauses.values()) {
      if (!id.startsWith('report.') && id !== 'peer.states.implied') {
        expect(/\bmay\b/.test(text), id).to.equal(level === 'MAY');
      }
    }
  });
});
