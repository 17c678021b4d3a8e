import { blocksHeld, edgeOf, edgesBetween, type ReplaySwarm } from '../replay-swarm.ts';
import { clearCanvas, shortName, type Colours } from './canvas.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws who sent blocks to whom: the tracker in the middle, the peers around it. Edges used so far are faint; those in
 * use are arrows to the receiver. A peer's disc fills as its file does.
 */
export function drawEdges(
  canvas: HTMLCanvasElement,
  swarm: ReplaySwarm,
  { transfers, recent }: { transfers: number; recent: number },
  paint: Colours,
): void {
  const size = Math.min(canvas.clientWidth, 220 + 10 * swarm.peerIds.length, 420);
  const context = clearCanvas(canvas, canvas.clientWidth, size);
  if (!context) return;
  const { peerIds } = swarm;
  const node = Math.max(2, Math.min(11, 220 / peerIds.length));
  const isNamed = peerIds.length <= 16;
  const radius = size / 2 - node - (isNamed ? 24 : 4);
  const middle = { x: canvas.clientWidth / 2, y: size / 2 };
  const position = (peer: number): Point => {
    if (peer < 0) return middle;
    const angle = (peer / peerIds.length) * 2 * Math.PI - Math.PI / 2;
    return { x: middle.x + radius * Math.cos(angle), y: middle.y + radius * Math.sin(angle) };
  };
  const colour = (from: number): string => (from < 0 ? paint.tracker : paint.peer);

  const used = edgesBetween(swarm, 0, transfers);
  const most = Math.max(...used.values(), 1);
  for (const [key, count] of used) {
    const { from, to } = edgeOf(key);
    context.globalAlpha = Math.min(1, 6 / peerIds.length) * (0.15 + 0.25 * (count / most));
    context.lineWidth = 1 + 2 * (count / most);
    context.strokeStyle = colour(from);
    line(context, position(from), position(to));
  }
  context.globalAlpha = 1;
  for (const [key, count] of edgesBetween(swarm, recent, transfers)) {
    const { from, to } = edgeOf(key);
    context.strokeStyle = context.fillStyle = colour(from);
    context.lineWidth = Math.min(1 + count / 2, 4);
    arrow(context, position(from), position(to), node + 2);
  }
  const held = blocksHeld(swarm, transfers);
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let peer = -1; peer < peerIds.length; peer++) {
    const at = position(peer);
    disc(context, at, node, peer < 0 ? 1 : (held[peer] ?? 0) / swarm.blocks, colour(peer), paint);
    if (!isNamed && peer >= 0) continue;
    context.fillStyle = paint.muted;
    const below = peer < 0 || at.y >= middle.y;
    context.fillText(
      peer < 0 ? 'tracker' : shortName(peerIds[peer] ?? '', 10),
      at.x,
      at.y + (node + 9) * (below ? 1 : -1),
    );
  }
}

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** An arrow that ends `before` pixels before its target. */
function arrow(context: CanvasRenderingContext2D, from: Point, to: Point, before: number): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const tip = { x: to.x - before * Math.cos(angle), y: to.y - before * Math.sin(angle) };
  line(context, from, tip);
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  for (const side of [0.4, -0.4])
    context.lineTo(tip.x - 9 * Math.cos(angle + side), tip.y - 9 * Math.sin(angle + side));
  context.fill();
}

function disc(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  radius: number,
  fraction: number,
  colour: string,
  paint: Colours,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = paint.empty;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = paint.line;
  context.stroke();
  context.beginPath();
  context.moveTo(x, y);
  context.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + fraction * 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
