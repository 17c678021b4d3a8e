import { html } from 'ghtml';
import { printableCopy } from '../printable-copy.ts';
import { kindsIn, reportParts, resultsOf, titleOf } from '../results/by-kind.ts';
import { kinds } from '../results/kinds.ts';
import type { Result } from '../results/result.ts';
import { benchStyle } from './bench/style.ts';
import { sequenceStyle } from './conformance/sequence-style.ts';
import { machine } from './machine.ts';
import { pageScript } from './page-script.ts';
import { replayMark } from './replay/section.ts';
import { style } from './style.ts';

// Nothing may be loaded, and only the page's own script may run: text that slips into the page stays text.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One self-contained HTML document; its only script is the replay of a swarm, if it has one. */
export async function renderPage(untrusted: readonly Result[]): Promise<string> {
  const results = printableCopy(untrusted);
  const title = titleOf(results);
  const parts = await reportParts('html', results);
  const facts = (resultsOf('benchmark', results)[0] ?? results[0])?.harness;
  const links = kindsIn(results).map((kind) => html`<a href="#${kind}">${kinds[kind].title}</a>`);
  const script = parts.some((part) => part.includes(replayMark)) ? pageScript() : undefined;
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
          <nav>!${links} !${facts && html`<a href="#machine">Machine</a>`}</nav>
        </header>
        <main>!${parts}</main>
        <footer id="machine">!${facts && machine(facts)}</footer>
        !${script && `<script>${script.text}</script>`}
      </body>
    </html> `;
}
