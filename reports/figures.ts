/** Seconds with three significant places below ten, else two decimals as in the report. */
export function seconds(value: number | undefined): string {
  if (value === undefined) return '–';
  return value.toFixed(value < 10 ? 3 : 2);
}

/** A number of messages: a mean need not be whole, which shows where it is small. */
export function count(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** How many times faster than the report: `×124`, `×1.04`. */
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

/** A deviation: `+0.4 %`, `−27.6 %`; beyond a tenfold its size tells nothing more. */
export function percent(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value > 999) return '>999 %';
  const text = Math.abs(value).toFixed(Math.abs(value) < 100 ? 1 : 0);
  return `${text === '0.0' ? '' : value < 0 ? '−' : '+'}${text} %`;
}
