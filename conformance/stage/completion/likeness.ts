const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** What tells a file from the original if its text is the same, as a noun phrase; undefined if more than that differs. */
export function smallDifference(output: Buffer, file: Buffer): string | undefined {
  const text = file.toString('utf8');
  const small: readonly [what: string, isOnlyDifference: () => boolean][] = [
    ['an extra byte order mark', () => output.equals(Buffer.concat([byteOrderMark, file]))],
    ['other white space at its end', () => trimmed(output).equals(trimmed(file))],
    ['other line ends', () => withoutLineEnds(output).equals(withoutLineEnds(file))],
    // A character that Latin-1 does not have becomes a question mark, in one piece or in its two UTF-16 halves.
    [
      'Latin-1 for UTF-8',
      () => latin1(text, /[^\u0000-\u00ff]/gu, output) || latin1(text, /[^\u0000-\u00ff]/g, output),
    ],
  ];
  return small.find(([, isOnlyDifference]) => isOnlyDifference())?.[0];
}

/** Whether only the last block is missing. */
export function lacksLastBlock(output: Buffer, blocks: readonly string[]): boolean {
  return output.equals(Buffer.from(blocks.slice(0, -1).join('')));
}

function trimmed(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/[ \t\r\n]+$/, ''), 'latin1');
}

function withoutLineEnds(bytes: Buffer): Buffer {
  return Buffer.from(trimmed(bytes).toString('latin1').replaceAll(/\r\n?/g, '\n'), 'latin1');
}

function latin1(text: string, other: RegExp, output: Buffer): boolean {
  return Buffer.from(text.replace(other, '?'), 'latin1').equals(output);
}
