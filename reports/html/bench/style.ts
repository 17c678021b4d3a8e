/** The style of charts and of the replay. */
export const benchStyle = `
:root {
  --series-1: #2f6fb2; --series-2: #b9622a; --series-3: #2c7a4b; --series-4: #8a4fa8; --series-5: #b3362f; --series-6: #5d6b7a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --series-1: #74aee8; --series-2: #e5a06a; --series-3: #6cc592; --series-4: #c79be0; --series-5: #ef8a82; --series-6: #a7b3c0;
  }
}
figure { margin: 0 0 16px; }
.cards { margin-bottom: 16px; }
.cards > .broad { grid-column: 1 / -1; }
.curves svg { max-width: 560px; }
.curves { margin: 14px 0 4px; }
.curves figcaption { font-size: 13px; margin-bottom: 4px; }
.swatch { display: inline-block; width: 11px; height: 12px; margin-right: 6px; vertical-align: -1px; }
.swatch.low { height: 8px; vertical-align: -1px; }
.square { display: inline-block; width: 9px; height: 9px; margin-right: 6px; }
.dash { display: inline-block; width: 16px; height: 2px; margin-right: 6px; vertical-align: 4px; }
.replay .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; margin-bottom: 10px; }
.replay input[type='range'] { flex: 1 1 100px; min-width: 0; accent-color: var(--accent); height: 28px; }
.replay output { min-width: 4em; font-variant-numeric: tabular-nums; text-align: right; }
.replay .choice { max-width: 100%; }
.replay select, .replay button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; max-width: 100%; }
.replay button { min-width: 5.2em; cursor: pointer; }
.replay :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.replay .state { max-width: none; font-variant-numeric: tabular-nums; }
.replay .pictures { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 4fr); gap: 20px; align-items: start; }
.replay figure { margin: 0; min-width: 0; }
.replay canvas { display: block; width: 100%; }
.replay .map { cursor: crosshair; touch-action: pan-y; }
.replay .position { margin-top: 6px; font-size: 13px; min-height: 3em; }
@media (max-width: 860px) { .replay .pictures { grid-template-columns: minmax(0, 1fr); } }
@media (prefers-reduced-motion: reduce) { .replay button { display: none; } }
@media print { .replay .controls { display: none; } }
`;
