const words = 'the tracker holds a file of many blocks and every peer takes the rarest of them first'.split(' ');

/** `count` different lines of ASCII text, as the blocks of a file. */
export function sampleBlocks(count: number): string[] {
  return Array.from({ length: count }, (_, line) => {
    const text = Array.from({ length: 5 }, (_, i) => words[(line * 7 + i * 3) % words.length] ?? '');
    return `${line + 1}: ${text.join(' ')}\n`;
  });
}
