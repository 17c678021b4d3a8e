import { readMessage, type JsonObject } from '../message.ts';
import type { Transcript } from '../transcript.ts';
import { normalise } from './normalise.ts';

/** WHATWG's Latin-1, which is windows-1252: every byte is a character. */
const latin1 = new TextDecoder('latin1');

const exampleCharacters = 200;

const control = /[\u0000-\u001f]/g;
const jsonString = /"(?:[^"\\]|\\[^])*"/g;

export type TolerantReading = { readonly value: JsonObject } | { readonly problem: string };

/**
 * Reads one message, from brace to brace, as it was meant: in Latin-1 if it is not UTF-8, with control characters that are
 * not escaped, and normalised. The deviations that it reads past go to the transcript.
 */
export function readTolerantly(bytes: Buffer, transcript: Transcript): TolerantReading {
  const strict = readMessage(bytes);
  const reading = 'value' in strict ? strict : readMistaken(bytes, transcript, strict);
  if ('problem' in reading) return reading;
  return {
    value: normalise(reading.value, (kind, example) =>
      transcript.readPast(kind, JSON.stringify(example).slice(0, exampleCharacters)),
    ),
  };
}

function readMistaken(bytes: Buffer, transcript: Transcript, strict: TolerantReading): TolerantReading {
  const isLatin1 = !Buffer.from(bytes.toString('utf8')).equals(bytes);
  const text = isLatin1 ? latin1.decode(bytes) : bytes.toString('utf8');
  const escaped = text.replace(jsonString, (string) => string.replace(control, escapedCharacter));
  // White space between the strings is not touched, so what differs stood in a string.
  const reading = readMessage(Buffer.from(escaped));
  if ('problem' in reading) return strict;
  if (isLatin1) transcript.readPast('latin-1', '');
  if (escaped !== text) transcript.readPast('raw-control-character', '');
  return reading;
}

function escapedCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
