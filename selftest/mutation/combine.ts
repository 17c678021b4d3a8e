import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { packageRoot } from '../../launch/package-root.ts';
import type { Random } from '../../conformance/stage/random.ts';
import type { Defect } from '../catalogue/broken.ts';

/** The text of a file of the correct implementation. */
export type ReadSource = (file: string) => string;

export const readPython: ReadSource = (file) => readFileSync(join(packageRoot, 'impl/python', file), 'utf8');

/** Draws `count` defects of different clauses that one program can have at once; fewer only if no more of them fit together. */
export function drawTogether(defects: readonly Defect[], count: number, random: Random, read: ReadSource): Defect[] {
  const drawn: Defect[] = [];
  for (const defect of random.shuffle(defects)) {
    if (drawn.length === count) break;
    const isNew = drawn.every(({ clause }) => clause !== defect.clause);
    if (isNew && fitTogether([...drawn, defect], read)) drawn.push(defect);
  }
  return drawn;
}

/** Whether no two of the defects touch the same text, whichever comes first. */
export function fitTogether(defects: readonly Defect[], read: ReadSource): boolean {
  return fitInOrder(defects, read) && fitInOrder([...defects].reverse(), read);
}

function fitInOrder(defects: readonly Defect[], read: ReadSource): boolean {
  const texts = new Map<string, string>();
  for (const { file, find, with: replacement } of defects.flatMap(({ replace }) => replace)) {
    const before = texts.get(file) ?? read(file);
    if (before.split(find).length !== 2) return false;
    texts.set(
      file,
      before.replace(find, () => replacement),
    );
  }
  return true;
}
