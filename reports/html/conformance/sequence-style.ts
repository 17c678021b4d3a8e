/** The style of a sequence diagram with `--lanes` lanes; an arrow covers `--span` lanes from lane `--start`. */
export const sequenceStyle = `
.sequence { max-height: 34em; overflow: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--page); font-size: 13px; margin: 8px 0; }
.event { display: grid; grid-template-columns: 64px minmax(calc(var(--lanes) * 64px), calc(var(--lanes) * 84px)) minmax(220px, 1fr); column-gap: 12px; padding: 0 12px 0 8px; }
.event.head { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); color: var(--muted); font-size: 12px; }
.at { text-align: right; color: var(--muted); font-variant-numeric: tabular-nums; padding: 3px 0; font-size: 12px; }
.lanes { position: relative; min-height: 26px; --lane: calc(100% / var(--lanes)); }
.event:not(.head) .lanes { background: repeating-linear-gradient(90deg, transparent 0 calc(var(--lane) / 2 - 1px), var(--line) calc(var(--lane) / 2 - 1px) calc(var(--lane) / 2), transparent calc(var(--lane) / 2) var(--lane)); }
.head .lanes { display: grid; grid-template-columns: repeat(var(--lanes), minmax(0, 1fr)); align-items: center; text-align: center; }
.head .lanes span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.head .subject { color: var(--accent); font-weight: 600; }
.arrow { --ink: var(--muted); position: absolute; top: 12px; left: calc(var(--lane) * (var(--start) + 0.5)); width: calc(var(--lane) * var(--span)); border-top: 1.5px solid var(--ink); }
.subject .arrow { --ink: var(--accent); }
.arrow::after { content: ''; position: absolute; top: -4.75px; border: 4px solid transparent; }
.arrow.right::after { right: 0; border-left: 7px solid var(--ink); border-right: 0; }
.arrow.left::after { left: 0; border-right: 7px solid var(--ink); border-left: 0; }
.arrow.open, .arrow.end { border-top-style: dotted; }
.arrow.reset, .arrow.refused { --ink: var(--bad) !important; border-top-style: dashed; }
.what { padding: 3px 0; overflow-wrap: anywhere; min-width: 0; }
/* With many lanes the text stands below its arrow. */
.many .event { grid-template-columns: 64px minmax(0, 1fr); }
.many .event:not(.head) { border-bottom: 1px solid var(--line); }
.many .what { grid-column: 2; padding-bottom: 6px; }
.route { display: none; }
@media (max-width: 640px) {
  .route { display: inline; }
  .event, .many .event { grid-template-columns: 48px minmax(0, 1fr); padding: 0 8px 0 4px; column-gap: 8px; }
  .event:not(.head) { border-bottom: 1px solid var(--line); }
  .what, .many .what { grid-column: 1 / -1; padding: 0 0 6px 8px; }
  .head, .at { font-size: 11px; }
}
`;
