import { html } from 'ghtml';
import type { WireEvent } from '../../../schemas/types.ts';

/** Only the newest events are shown, as they lead to the failure. */
const maxEvents = 80;
/** With more lanes, texts stand below their arrows, as there is no room beside the lanes. */
const maxLanesBesideText = 5;

const verbs: Readonly<Record<WireEvent['kind'], string>> = {
  open: 'connects',
  bytes: '',
  end: 'ends its side',
  reset: 'resets',
  refused: 'refuses',
};

/**
 * The wire log of a case as a sequence diagram: a lane per participant, time running downwards, an arrow per event with
 * its text beside it, or below it on a narrow screen. Built from boxes, as text in an SVG would not wrap.
 */
export function sequenceDiagram(events: readonly WireEvent[]): string {
  if (events.length === 0) return '';
  const shown = events.slice(-maxEvents);
  const names = new Set(shown.flatMap(({ from, to }) => [from, to]));
  const participants = [...new Set(['subject', ...names])].filter((name) => names.has(name));
  const left = events.length - shown.length;
  const note = left === 0 ? '' : html`<p class="muted">${left} earlier events are in the JSON result.</p>`;
  const heads = participants.map((name) => html`<span class="${name === 'subject' ? 'subject' : ''}">${name}</span>`);
  const layout = participants.length > maxLanesBesideText ? 'many' : '';
  return html`!${note}
    <div class="sequence ${layout}" style="--lanes: ${participants.length}">
      <div class="event head">
        <span class="at">ms</span>
        <span class="lanes">!${heads}</span>
      </div>
      !${shown.map((event) => row(event, participants))}
    </div>`;
}

function row(event: WireEvent, participants: readonly string[]): string {
  const { atMs, from, to, connection, kind, text } = event;
  const [start, end] = [participants.indexOf(from), participants.indexOf(to)];
  const direction = start <= end ? 'right' : 'left';
  const span = `--start: ${Math.min(start, end)}; --span: ${Math.abs(start - end)}`;
  const sender = from === 'subject' ? 'subject' : '';
  const what = kind === 'bytes' ? html`<code>${text}</code>` : html`<span class="muted">${from} ${verbs[kind]}</span>`;
  return html`<div class="event ${sender}" title="${from} → ${to}">
    <span class="at">${atMs.toFixed(1)}</span>
    <span class="lanes"><i class="arrow ${direction} ${kind}" style="${span}"></i></span>
    <span class="what"
      ><span class="muted"><span class="route">${from} → ${to}</span> #${connection}</span> !${what}</span
    >
  </div>`;
}
