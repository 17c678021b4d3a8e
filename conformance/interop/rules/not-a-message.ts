import type { Finding } from '../observation.ts';

/** A brace within so many characters: a message with something in front of it. */
const prefixCharacters = 32;

/** Bytes of which no message could be read. */
export function notAMessage(problem: string, text: string): Pick<Finding, 'clause' | 'sentence'> {
  const hasPrefix =
    text.slice(0, prefixCharacters).includes('{') && !text.startsWith('{') && !text.startsWith('\ufeff');
  return {
    clause: hasPrefix ? 'wire.message.unframed' : 'wire.message.one-object',
    sentence: `sent what is no message: ${problem}`,
  };
}
