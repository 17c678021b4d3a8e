import { addChoking } from './choking.ts';
import { addEncoding } from './encoding.ts';
import { addFraming } from './framing.ts';
import { addHashing } from './hashing.ts';
import { addRarestFirst } from './rarest-first.ts';

/** The functions that a swarm spends its CPU time in. */
export const tasks = [addFraming, addEncoding, addHashing, addRarestFirst, addChoking];
