import { html } from 'ghtml';
import type { WireEvent } from '../../../schemas/types.ts';

/** The newest events tell what led to a failure. */
const SHOWN = 80;
/** With more parties, there is no room for texts beside the lanes. */
const BESIDE = 5;

const words: Readonly<Record<WireEvent['kind'], string>> = {
  open: 'connects',
  bytes: '',
  end: 'ends its side',
  reset: 'resets',
  refused: 'refuses',
};

/**
 * The wire log of a case as a sequence diagram: a lane per party, time going down, an arrow per event and its text beside
 * it, or below it on a narrow screen. Made of boxes alone, as texts in a drawing would not wrap.
 */
export function sequenceDiagram(events: readonly WireEvent[]): string {
  if (events.length === 0) return '';
  const shown = events.slice(-SHOWN);
  const parties = [...new Set(['subject', ...shown.flatMap(({ from, to }) => [from, to])])].filter((party) =>
    shown.some(({ from, to }) => from === party || to === party),
  );
  const left = events.length - shown.length;
  const note = left === 0 ? '' : html`<p class="muted">${left} earlier events are in the JSON result.</p>`;
  const heads = parties.map((party) => html`<span class="${party === 'subject' ? 'subject' : ''}">${party}</span>`);
  return html`!${note}
    <div class="sequence ${parties.length > BESIDE ? 'many' : ''}" style="--lanes: ${parties.length}">
      <div class="event head">
        <span class="at">ms</span>
        <span class="lanes">!${heads}</span>
      </div>
      !${shown.map((event) => row(event, parties))}
    </div>`;
}

function row(event: WireEvent, parties: readonly string[]): string {
  const { atMs, from, to, connection, kind, text } = event;
  const [start, end] = [parties.indexOf(from), parties.indexOf(to)];
  const direction = start <= end ? 'right' : 'left';
  const place = `--start: ${Math.min(start, end)}; --span: ${Math.abs(start - end)}`;
  const who = from === 'subject' ? 'subject' : '';
  const what = kind === 'bytes' ? html`<code>${text}</code>` : html`<span class="muted">${from} ${words[kind]}</span>`;
  return html`<div class="event ${who}" title="${from} → ${to}">
    <span class="at">${atMs.toFixed(1)}</span>
    <span class="lanes"><i class="arrow ${direction} ${kind}" style="${place}"></i></span>
    <span class="what"
      ><span class="muted"><span class="route">${from} → ${to}</span> #${connection}</span> !${what}</span
    >
  </div>`;
}
