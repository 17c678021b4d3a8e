import { transfersUntil, type ReplaySwarm } from '../replay-swarm.ts';
import { colours } from './canvas.ts';
import { drawEdges } from './edges.ts';
import { drawMap, placeAt, type Place } from './map.ts';
import { placeText, stateText, timeText } from './captions.ts';

/** Which share of the whole time counts as now. */
const nowShare = 0.02;
const playMs = 10_000;

/** Brings one replay of the page to life. Its parts are made by `replaySection`. */
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
  const place = part('.place', HTMLElement);
  let cursor: Place | undefined;
  let playing: { fromMs: number; fromShare: number } | undefined;
  let isAsked = false;

  const share = (): number => Number(slider.value) / Number(slider.max);

  function draw(): void {
    isAsked = false;
    const swarm = swarms[choice.selectedIndex];
    if (!swarm) return;
    const timeMs = share() * swarm.endMs;
    const transfers = transfersUntil(swarm, timeMs);
    // At most a block per peer: more arrows would hide each other.
    const earliest = Math.max(0, transfers - swarm.peerIds.length);
    const now = { transfers, recent: Math.max(earliest, transfersUntil(swarm, timeMs - nowShare * swarm.endMs)) };
    const paint = colours();
    drawMap(map, swarm, now, paint, cursor);
    drawEdges(edges, swarm, now, paint);
    const time = timeText(timeMs, swarm.endMs);
    slider.setAttribute('aria-valuetext', time);
    output.textContent = time;
    state.textContent = stateText(swarm, transfers, now.recent);
    place.textContent = cursor
      ? placeText(swarm, cursor, transfers)
      : 'Point at the map, or move over it with the arrow keys, to see who gave a block.';
  }

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(draw);
  }

  function stop(): void {
    playing = undefined;
    play.textContent = 'Play';
  }

  function step(atMs: number): void {
    if (!playing) return;
    const reached = Math.min(1, playing.fromShare + (atMs - playing.fromMs) / playMs);
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
    playing = { fromMs: performance.now(), fromShare: share() < 1 ? share() : 0 };
    play.textContent = 'Pause';
    requestAnimationFrame(step);
  });
  slider.addEventListener('input', () => {
    stop();
    ask();
  });
  choice.addEventListener('change', () => {
    cursor = undefined;
    ask();
  });
  map.addEventListener('pointermove', (event) => {
    const swarm = swarms[choice.selectedIndex];
    cursor = swarm && placeAt(map, swarm, event);
    ask();
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
    ask();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ask);
  new ResizeObserver(ask).observe(card);
  draw();
}

for (const card of document.querySelectorAll('.replay')) start(card);
