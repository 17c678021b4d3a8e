import { html } from 'ghtml';
import type { HarnessFacts } from '../../schemas/types.ts';
import { plural, size } from '../figures.ts';

/** The machine and the seed, as a line. */
export function machine({ platform, cpuModel, cores, memoryBytes, loadAverage, node, seed }: HarnessFacts): string {
  const load = loadAverage.map((value) => value.toFixed(2)).join(' ');
  const memory = `${size(memoryBytes)} of memory`;
  const facts = [
    cpuModel,
    plural(cores, 'core'),
    memory,
    platform,
    `Node.js ${node}`,
    `load before ${load}`,
    `seed ${seed}`,
  ];
  return html`<p>${facts.join(' · ')}</p>`;
}
