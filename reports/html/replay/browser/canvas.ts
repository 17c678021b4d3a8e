/** The page's own colours, light or dark like the reader's system. */
export interface Colours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly peer: string;
  readonly tracker: string;
  readonly empty: string;
}

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: of('--text'),
    muted: of('--muted'),
    line: of('--line'),
    peer: of('--accent'),
    tracker: of('--paper'),
    empty: of('--page'),
  };
}

/** Clears and resizes a canvas, with sizes in CSS pixels, sharp at any pixel ratio. */
export function clearCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size reallocates the canvas, even if it is the same.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** The name, shortened to a number of characters. */
export function shortName(name: string, characters: number): string {
  const all = Array.from(name);
  return all.length > characters ? `${all.slice(0, characters - 1).join('')}…` : name;
}
