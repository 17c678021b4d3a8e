import { addChoking } from './choking.ts';
import { addEncoding } from './encoding.ts';
import { addFraming } from './framing.ts';
import { addHashing } from './hashing.ts';
import { addRarestFirst } from './rarest-first.ts';

/** What a swarm spends its time on. */
export const tasks = [addFraming, addEncoding, addHashing, addRarestFirst, addChoking];
