import { html } from 'ghtml';
import type { ConformanceResult, HarnessFacts } from '../../schemas/types.ts';
import { printableCopy } from '../printable-copy.ts';
import { labels, type Results } from '../results.ts';
import { benchSection } from './bench/section.ts';
import { benchStyle } from './bench/style.ts';
import { conformanceSection } from './conformance/section.ts';
import { interopSection } from './interop/section.ts';
import { machine } from './machine.ts';
import { matrixSection } from './conformance/matrix-section.ts';
import { pageScript } from './page-script.ts';
import { replayMark } from './replay/section.ts';
import { sequenceStyle } from './conformance/sequence-style.ts';
import { style } from './style.ts';

export interface Page extends Results {
  readonly title: string;
}

// Nothing may be loaded, and nothing run but the page's own script: whatever slips into the page stays text.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One self-contained HTML document, without scripts but for the replay of a swarm, if it holds one. */
export function renderPage(untrusted: Page): string {
  const { title, conformance, benchmarks, interop = [] } = printableCopy(untrusted);
  const facts: HarnessFacts | undefined = (benchmarks[0] ?? conformance[0] ?? interop[0])?.harness;
  const links = [
    ...(conformance.length > 0 ? [html`<a href="#conformance">Conformance</a>`] : []),
    ...(interop.length > 0 ? [html`<a href="#interop">Interop</a>`] : []),
    ...(benchmarks.length > 0 ? [html`<a href="#benchmark">Benchmark</a>`] : []),
    ...(facts ? [html`<a href="#machine">Machine</a>`] : []),
  ];
  const sections = benchmarks.map((result, at) => benchSection(result, at === 0 ? 'benchmark' : `benchmark-${at + 1}`));
  const mixed = interop.map((result, at) => interopSection(result, at === 0 ? 'interop' : `interop-${at + 1}`));
  const script = sections.some((section) => section.includes(replayMark)) ? pageScript() : undefined;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}${script && `; script-src ${script.source}`}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          !${style}!${sequenceStyle}!${benchStyle}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <div class="muted">
            ${facts && `MiniBit Harness ${facts.version}, ${facts.startedAt.replace('T', ' ').slice(0, 16)} UTC`}
          </div>
          <nav>!${links}</nav>
        </header>
        <main>!${conformancePart(conformance)} !${mixed} !${sections}</main>
        <footer id="machine">!${facts && machine(facts)}</footer>
        !${script && `<script>${script.text}</script>`}
      </body>
    </html> `;
}

/** One result as it is; of several the matrix, and each result folded below it. */
function conformancePart(results: readonly ConformanceResult[]): string {
  const [only] = results;
  if (only === undefined) return '';
  const ids = results.map((_, at) => `result-${at + 1}`);
  const names = labels(results);
  const content =
    results.length === 1
      ? conformanceSection(only, 'result-1')
      : matrixSection(results, ids) +
        results
          .map(
            (result, at) =>
              html`<details class="result" id="${ids[at] ?? ''}">
                <summary><h3>${at + 1}. ${names[at] ?? ''}</h3></summary>
                !${conformanceSection(result, ids[at] ?? '')}
              </details>`,
          )
          .join('');
  return html`<section id="conformance">
    <h2>Conformance</h2>
    !${content}
  </section>`;
}
