/** Seconds with three decimals below ten, else two, as in the paper. */
export function seconds(value: number | undefined): string {
  if (value === undefined) return '–';
  return value.toFixed(value < 10 ? 3 : 2);
}

/** Milliseconds as a number of seconds. */
export function inSeconds(milliseconds: number | undefined): string {
  return seconds(milliseconds === undefined ? undefined : milliseconds / 1000);
}

/** A number of messages, or a mean of such numbers: with a decimal only below 100, where it matters. */
export function count(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** How many times faster than the paper: `×124`, `×1.04`. */
export function factor(value: number | undefined): string {
  if (value === undefined) return '–';
  return `×${value < 10 ? value.toFixed(2) : value.toFixed(0)}`;
}

/** `11.0 KB`, in powers of 1000. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** `1 peer`, `3 peers`. */
export function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** `3 peers × 20 blocks`. */
export function swarmSize(peers: number, blocks: number): string {
  return `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
}

/** `3 × 20`, for the columns and rows of tables. */
export function shortSwarmSize({ peers, blocks }: { peers: number; blocks: number }): string {
  return `${peers} × ${blocks}`;
}

/** A deviation: `+0.4 %`, `−27.6 %`; capped, as beyond tenfold the exact figure does not matter. */
export function percent(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value > 999) return '>999 %';
  const text = Math.abs(value).toFixed(Math.abs(value) < 100 ? 1 : 0);
  return `${text === '0.0' ? '' : value < 0 ? '−' : '+'}${text} %`;
}

/** The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}
