import { addChoking } from './choking.ts';
import { addEncoding } from './encoding.ts';
import { microTable } from './format.ts';
import { addFraming } from './framing.ts';
import { measure } from './measure.ts';
import { addRarestFirst } from './rarest-first.ts';

/** Enough for a median that holds; the rest of the time goes into warming up. */
const timeMs = 400;

const results = await measure([addFraming, addEncoding, addRarestFirst, addChoking], timeMs);
process.stdout.write(microTable(results));
