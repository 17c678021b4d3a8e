import type { Finding } from '../observation.ts';

/** A brace within this many characters: a message with a prefix. */
const prefixCharacters = 32;

/** The finding for bytes that are not a message. */
export function invalidMessage(problem: string, text: string): Pick<Finding, 'clause' | 'sentence'> {
  const hasPrefix =
    text.slice(0, prefixCharacters).includes('{') && !text.startsWith('{') && !text.startsWith('\ufeff');
  return {
    clause: hasPrefix ? 'wire.message.unframed' : 'wire.message.one-object',
    sentence: `sent an invalid message: ${problem}`,
  };
}
