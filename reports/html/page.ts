import { html } from 'ghtml';
import type { BenchmarkResult, ConformanceResult, HarnessFacts } from '../../schemas/types.ts';
import { benchSection } from './bench-section.ts';
import { conformanceSection } from './conformance-section.ts';
import { machine } from './machine.ts';
import { style } from './style.ts';

/** What a page shows: either result, or both. */
export interface Page {
  readonly title: string;
  readonly conformance?: ConformanceResult;
  readonly benchmark?: BenchmarkResult;
}

// Nothing may be loaded and nothing run: whatever slips into the page stays text.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One self-contained HTML document, without scripts. */
export function renderPage({ title, conformance, benchmark }: Page): string {
  const facts: HarnessFacts | undefined = benchmark?.harness ?? conformance?.harness;
  const links = [
    conformance && html`<a href="#conformance">Conformance</a>`,
    benchmark && html`<a href="#benchmark">Benchmark</a>`,
    facts && html`<a href="#machine">Machine</a>`,
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          !${style}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <div class="muted">
            ${facts && `MiniBit Harness ${facts.version}, ${facts.startedAt.replace('T', ' ').slice(0, 16)} UTC`}
          </div>
          <nav>!${links.filter((link) => link !== undefined)}</nav>
        </header>
        <main>!${conformance && conformanceSection(conformance)} !${benchmark && benchSection(benchmark)}</main>
        <footer id="machine">!${facts && machine(facts)}</footer>
      </body>
    </html> `;
}
