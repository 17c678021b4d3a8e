import { blocksHeld, type ReplaySwarm } from '../replay-swarm.ts';
import { clearCanvas, shortName, type Colours } from './canvas.ts';

/** A cell of the map: a block of a peer. */
export interface MapPosition {
  readonly peer: number;
  readonly block: number;
}

const leftPx = 70;
const rightPx = 46;
const fontPx = 11;

/** The sizes of rows and columns, in CSS pixels. */
function layout(canvas: HTMLCanvasElement, { peerIds, blocks }: ReplaySwarm) {
  const width = canvas.clientWidth;
  const rowPx = Math.max(2, Math.min(26, Math.floor(420 / peerIds.length)));
  return { width, rowPx, columnPx: (width - leftPx - rightPx) / blocks };
}

/**
 * Draws who has which block: a row per peer, a column per block. Blocks from the tracker fill the height of the row,
 * those from a peer leave a gap above; recent ones have the colour of text.
 * @param transfers how many have happened
 * @param recent the index of the first recent one
 */
export function drawMap(
  canvas: HTMLCanvasElement,
  swarm: ReplaySwarm,
  { transfers, recent }: { transfers: number; recent: number },
  paint: Colours,
  cursor: MapPosition | undefined,
): void {
  const { width, rowPx, columnPx } = layout(canvas, swarm);
  const height = rowPx * swarm.peerIds.length;
  const context = clearCanvas(canvas, width, height);
  if (!context) return;
  const gap = rowPx > 3 ? 1 : 0;
  const columnGap = columnPx > 4 ? 1 : 0;
  context.fillStyle = paint.empty;
  for (let peer = 0; peer < swarm.peerIds.length; peer++) {
    context.fillRect(leftPx, peer * rowPx, columnPx * swarm.blocks, rowPx - gap);
  }
  // One colour after the other, as changing it costs more than drawing.
  const low = Math.floor((rowPx - gap) * 0.3);
  const draw = (colour: string, first: number, end: number, isIncluded: (from: number) => boolean): void => {
    context.fillStyle = colour;
    for (let at = first; at < end; at++) {
      const [peer = 0, block = 0, from = 0] = [swarm.to[at], swarm.block[at], swarm.from[at]];
      if (!isIncluded(from)) continue;
      const top = from < 0 ? 0 : low;
      const x = leftPx + block * columnPx;
      context.fillRect(x, peer * rowPx + top, Math.max(columnPx - columnGap, 0.5), rowPx - gap - top);
    }
  };
  draw(paint.tracker, 0, recent, (from) => from < 0);
  draw(paint.peer, 0, recent, (from) => from >= 0);
  draw(paint.text, recent, transfers, () => true);
  labels(context, swarm, transfers, width, rowPx, paint);
  if (cursor) {
    context.strokeStyle = paint.text;
    context.lineWidth = 2;
    context.strokeRect(leftPx + cursor.block * columnPx - 1, cursor.peer * rowPx - 1, columnPx + 2, rowPx + 1);
  }
}

function labels(
  context: CanvasRenderingContext2D,
  swarm: ReplaySwarm,
  transfers: number,
  width: number,
  rowPx: number,
  paint: Colours,
): void {
  const held = blocksHeld(swarm, transfers);
  const every = Math.ceil((fontPx + 1) / rowPx);
  context.font = `${fontPx}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.fillStyle = paint.muted;
  for (let peer = 0; peer < swarm.peerIds.length; peer += every) {
    const middle = Math.max((peer + 0.5) * rowPx, fontPx / 2);
    context.textAlign = 'left';
    context.fillText(shortName(swarm.peerIds[peer] ?? '', 10), 0, middle, leftPx - 6);
    context.textAlign = 'right';
    context.fillText(`${Math.floor(((held[peer] ?? 0) / swarm.blocks) * 100)} %`, width, middle, rightPx - 6);
  }
}

/** The position under the mouse. */
export function positionAt(canvas: HTMLCanvasElement, swarm: ReplaySwarm, event: MouseEvent): MapPosition | undefined {
  const { rowPx, columnPx } = layout(canvas, swarm);
  const box = canvas.getBoundingClientRect();
  const peer = Math.floor((event.clientY - box.top) / rowPx);
  const block = Math.floor((event.clientX - box.left - leftPx) / columnPx);
  return peer in swarm.peerIds && block >= 0 && block < swarm.blocks ? { peer, block } : undefined;
}
