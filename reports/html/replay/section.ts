import { html } from 'ghtml';
import type { ReplaySwarm } from './replay-swarm.ts';

/** Starts every replay. Untrusted text cannot contain it, as its quotes are escaped. */
export const replayMark = '<div class="card replay">';

/** A replay of the swarms, with a time slider; empty without swarms. */
export function replaySection(swarms: readonly ReplaySwarm[], id: string): string {
  if (swarms.length === 0) return '';
  const options = swarms.map(({ name }) => html`<option>${name}</option>`);
  return html`<h2>Replay: who got which block from whom</h2>
    !${replayMark}
      <noscript><p>The replay is drawn by a script of this page, which is blocked here.</p></noscript>
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
          <figcaption class="position muted" aria-live="polite"></figcaption>
        </figure>
        <figure>
          <canvas class="edges" role="img" aria-label="Who gives blocks to whom"></canvas>
        </figure>
      </div>
      <div class="legend">
        <span><i class="swatch" style="background: var(--paper)"></i>from the tracker: full height</span>
        <span><i class="swatch low" style="background: var(--accent)"></i>from a peer: lower</span>
        <span><i class="swatch" style="background: var(--text)"></i>just now</span>
        <span>→ strong: in use; faint: used before</span>
      </div>
      !${data(swarms)}
    </div>`;
}

/** JSON in which no text can end the script element. */
function data(swarms: readonly ReplaySwarm[]): string {
  return `<script type="application/json">${JSON.stringify(swarms).replaceAll('<', '\\u003c')}</script>`;
}
