/** The page's own colours, which follow the reader's system. */
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
    tracker: of('--report'),
    empty: of('--page'),
  };
}

/** A clean canvas of a size in CSS pixels, sharp on any screen. */
export function clean(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | undefined {
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size costs an allocation, the same one too.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** A name that fits into a number of characters. */
export function short(name: string, characters: number): string {
  const all = Array.from(name);
  return all.length > characters ? `${all.slice(0, characters - 1).join('')}…` : name;
}
