import { styleText } from 'node:util';

/** Styles a text, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

export type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

interface Stream {
  readonly isTTY?: boolean;
  hasColors?(): boolean;
}

/** For a stream that shows colours: a terminal that has them. FORCE_COLOR and NO_COLOR decide otherwise. */
export function painter(stream: Stream, env: NodeJS.ProcessEnv = process.env): Paint {
  return hasColours(stream, env) ? (style, text) => styleText(style, text, { validateStream: false }) : plain;
}

/** Leaves every text alone. */
export const plain: Paint = (_style, text) => text;

function hasColours(stream: Stream, { FORCE_COLOR: forced, NO_COLOR: forbidden }: NodeJS.ProcessEnv): boolean {
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return stream.isTTY === true && stream.hasColors?.() === true;
}
