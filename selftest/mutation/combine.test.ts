import { expect } from 'chai';
import { randomFor } from '../../conformance/stage/random.ts';
import { defects, type Defect } from '../catalogue/broken.ts';
import { drawTogether, fitTogether, readPython } from './combine.ts';

const defect = (id: string, find: string, text: string, clause = `clause.${id}`): Defect => ({
  id,
  clause,
  why: 'as an example',
  base: 'impl/python',
  replace: [{ file: 'a.py', find, with: text }],
});

const read = (): string => 'one = 1\ntwo = 2\n';

describe('fitTogether', () => {
  it('takes defects at different places of one file', () => {
    expect(fitTogether([defect('a', 'one = 1', 'one = 3'), defect('b', 'two = 2', 'two = 4')], read)).to.equal(true);
  });

  it('refuses defects that touch the same text, or double the text of another', () => {
    expect(fitTogether([defect('a', 'one = 1', 'one = 3'), defect('b', '= 1', '= 4')], read)).to.equal(false);
    expect(fitTogether([defect('a', 'one = 1', 'two = 2'), defect('b', 'two = 2', 'two = 4')], read)).to.equal(false);
  });
});

describe('drawTogether', () => {
  const python = defects.filter(({ base }) => base === 'impl/python');
  const draw = (seed: number): string[] =>
    drawTogether(python, 8, randomFor(seed, 'test'), readPython).map(({ id }) => id);

  it('draws as many defects of different clauses as asked for, the same for the same seed', () => {
    expect(draw(1)).to.have.length(8);
    expect(draw(1)).to.deep.equal(draw(1)).and.not.deep.equal(draw(2));
    const clauses = drawTogether(python, 8, randomFor(1, 'test'), readPython).map(({ clause }) => clause);
    expect(new Set(clauses)).to.have.property('size', 8);
  });

  it('draws no two defects of one clause', () => {
    const two = [defect('a', 'one = 1', 'one = 3', 'c'), defect('b', 'two = 2', 'two = 4', 'c')];
    expect(drawTogether(two, 2, randomFor(1, 'test'), read)).to.have.length(1);
  });
});
