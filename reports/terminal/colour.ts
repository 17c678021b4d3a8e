import { styleText } from 'node:util';
import type { Highlight } from '../highlight.ts';

/** Styles a text, or returns it unchanged. */
export type Paint = (style: Style, text: string) => string;

type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

export const highlightStyles: Readonly<Record<Highlight, Style>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  muted: 'dim',
};

interface Stream {
  readonly isTTY?: boolean;
  hasColors?(): boolean;
}

/** Paints if the stream is a terminal with colours; FORCE_COLOR and NO_COLOR override that. */
export function painter(stream: Stream, env: NodeJS.ProcessEnv = process.env): Paint {
  return hasColours(stream, env) ? (style, text) => styleText(style, text, { validateStream: false }) : plain;
}

/** Returns every text unchanged. */
export const plain: Paint = (_style, text) => text;

function hasColours(stream: Stream, { FORCE_COLOR: forced, NO_COLOR: forbidden }: NodeJS.ProcessEnv): boolean {
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return stream.isTTY === true && stream.hasColors?.() === true;
}
