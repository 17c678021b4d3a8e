import { transfersUntil, type ReplaySwarm } from '../replay-swarm.ts';
import { colours } from './canvas.ts';
import { drawEdges } from './edges.ts';
import { drawMap, positionAt, type MapPosition } from './map.ts';
import { positionText, stateText, timeText } from './captions.ts';

/** The fraction of the whole time that counts as recent. */
const recentFraction = 0.02;
const playMs = 10_000;

/** Starts one replay of the page, whose elements `replaySection` made. */
function start(card: Element): void {
  const part = <T extends Element>(selector: string, kind: new () => T): T => {
    const found = card.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The replay has no ${selector}.`);
    return found;
  };
  const swarms = JSON.parse(part('script', HTMLScriptElement).textContent) as ReplaySwarm[];
  const choice = part('select', HTMLSelectElement);
  const slider = part('input', HTMLInputElement);
  const play = part('button', HTMLButtonElement);
  const map = part('.map', HTMLCanvasElement);
  const edges = part('.edges', HTMLCanvasElement);
  const output = part('output', HTMLOutputElement);
  const state = part('.state', HTMLElement);
  const position = part('.position', HTMLElement);
  let cursor: MapPosition | undefined;
  let playing: { fromMs: number; fromFraction: number } | undefined;
  let isScheduled = false;

  const timeFraction = (): number => Number(slider.value) / Number(slider.max);

  function draw(): void {
    isScheduled = false;
    const swarm = swarms[choice.selectedIndex];
    if (!swarm) return;
    const timeMs = timeFraction() * swarm.endMs;
    const transfers = transfersUntil(swarm, timeMs);
    // At most one block per peer, as more arrows would hide each other.
    const earliest = Math.max(0, transfers - swarm.peerIds.length);
    const now = { transfers, recent: Math.max(earliest, transfersUntil(swarm, timeMs - recentFraction * swarm.endMs)) };
    const paint = colours();
    drawMap(map, swarm, now, paint, cursor);
    drawEdges(edges, swarm, now, paint);
    const time = timeText(timeMs, swarm.endMs);
    slider.setAttribute('aria-valuetext', time);
    output.textContent = time;
    state.textContent = stateText(swarm, transfers, now.recent);
    position.textContent = cursor
      ? positionText(swarm, cursor, transfers)
      : 'Point at the map, or move over it with the arrow keys, to see who sent a block.';
  }

  function scheduleDraw(): void {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(draw);
  }

  function stop(): void {
    playing = undefined;
    play.textContent = 'Play';
  }

  function step(atMs: number): void {
    if (!playing) return;
    const reached = Math.min(1, playing.fromFraction + (atMs - playing.fromMs) / playMs);
    slider.value = String(reached * Number(slider.max));
    draw();
    if (reached < 1) requestAnimationFrame(step);
    else stop();
  }

  play.addEventListener('click', () => {
    if (playing) {
      stop();
      return;
    }
    playing = { fromMs: performance.now(), fromFraction: timeFraction() < 1 ? timeFraction() : 0 };
    play.textContent = 'Pause';
    requestAnimationFrame(step);
  });
  slider.addEventListener('input', () => {
    stop();
    scheduleDraw();
  });
  choice.addEventListener('change', () => {
    cursor = undefined;
    scheduleDraw();
  });
  map.addEventListener('pointermove', (event) => {
    const swarm = swarms[choice.selectedIndex];
    cursor = swarm && positionAt(map, swarm, event);
    scheduleDraw();
  });
  map.addEventListener('keydown', (event) => {
    const move = new Map([
      ['ArrowLeft', [0, -1]],
      ['ArrowRight', [0, 1]],
      ['ArrowUp', [-1, 0]],
      ['ArrowDown', [1, 0]],
    ]).get(event.key);
    const swarm = swarms[choice.selectedIndex];
    if (!move || !swarm) return;
    event.preventDefault();
    const { peer, block } = cursor ?? { peer: 0, block: 0 };
    const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
    const [down = 0, right = 0] = cursor ? move : [];
    cursor = { peer: within(peer + down, swarm.peerIds.length), block: within(block + right, swarm.blocks) };
    scheduleDraw();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', scheduleDraw);
  new ResizeObserver(scheduleDraw).observe(card);
  draw();
}

for (const card of document.querySelectorAll('.replay')) start(card);
