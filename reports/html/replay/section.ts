import { html } from 'ghtml';
import type { ReplaySwarm } from './replay-swarm.ts';

/** Stands in every replay, and cannot come from a stranger's text, in which quotes are escaped. */
export const replayMark = '<div class="card replay">';

/** A replay of some swarms, with a slider through time; nothing if there are none. */
export function replaySection(swarms: readonly ReplaySwarm[], id: string): string {
  if (swarms.length === 0) return '';
  const options = swarms.map(({ name }) => html`<option>${name}</option>`);
  return html`<h2>Who got which block from whom</h2>
    !${replayMark}
      <noscript><p>The replay is drawn by a script of this page, which is not allowed to run here.</p></noscript>
      <div class="controls">
        <label class="choice">Swarm <select autocomplete="off">!${options}</select></label>
        <button type="button">Play</button>
        <label for="${id}-time">Time</label>
        <input id="${id}-time" type="range" min="0" max="1000" value="500" step="1" autocomplete="off" />
        <output for="${id}-time"></output>
      </div>
      <p class="state"></p>
      <div class="pictures">
        <figure>
          <canvas class="map" role="img" tabindex="0" aria-label="Who has which block: a row per peer, a column per block"></canvas>
          <figcaption class="place muted" aria-live="polite"></figcaption>
        </figure>
        <figure>
          <canvas class="edges" role="img" aria-label="Who gives blocks to whom"></canvas>
        </figure>
      </div>
      <div class="legend">
        <span><i class="swatch" style="background: var(--report)"></i>from the tracker: full height</span>
        <span><i class="swatch low" style="background: var(--accent)"></i>from a peer: lower</span>
        <span><i class="swatch" style="background: var(--text)"></i>just now</span>
        <span>→ in use; faint: used before</span>
      </div>
      !${data(swarms)}
    </div>`;
}

/** JSON in which nothing can end its element. */
function data(swarms: readonly ReplaySwarm[]): string {
  return `<script type="application/json">${JSON.stringify(swarms).replaceAll('<', '\\u003c')}</script>`;
}
