const WORDS = 'the tracker holds a file of many blocks and every peer takes the rarest of them first'.split(' ');

/** `count` different lines of ASCII text: the blocks of a file that is their concatenation. */
export function sampleBlocks(count: number): string[] {
  return Array.from({ length: count }, (_, line) => {
    const words = Array.from({ length: 5 }, (_, i) => WORDS[(line * 7 + i * 3) % WORDS.length] ?? '');
    return `${line + 1}: ${words.join(' ')}\n`;
  });
}
