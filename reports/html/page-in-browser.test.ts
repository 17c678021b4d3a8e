import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { BrowserContext } from 'playwright-core';
import { conformanceOf, eventOf, failingCase, hostileResult } from '../test-support/example-conformance.ts';
import { benchmarkOf, cellOf, completeRow } from '../test-support/example-results.ts';
import { openBrowser, openTab } from './test-support/open-browser.ts';
import { renderPage } from './page.ts';

describe('the page in a browser', () => {
  let folder: string;
  let browser: BrowserContext;
  let address: string;
  let conformanceAddress: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-page-'));
    browser = await openBrowser(join(folder, 'profile'));
    const cells = [3, 5].flatMap((peers) =>
      [20, 100, 200].map((blocks) => {
        const rows = Array.from({ length: peers }, (_, i) => completeRow(`peer${i + 1}`, 1234 + i, 945.5, 1234.5));
        return cellOf(peers, blocks, rows, rows);
      }),
    );
    await writeFile(join(folder, 'page.html'), await renderPage([benchmarkOf(...cells)]));
    address = pathToFileURL(join(folder, 'page.html')).href;
    const transcript = Array.from({ length: 9 }, (_, i) =>
      eventOf(i, { from: `peer-${i}`, text: `{"a":"${'x'.repeat(300)}"}` }),
    );
    const wide = failingCase(`peer.choking.at-most-five/${'long-'.repeat(12)}`, { transcript });
    const conformance = [
      hostileResult(),
      conformanceOf('wide', wide),
      ...Array.from({ length: 20 }, () => hostileResult()),
    ];
    await writeFile(join(folder, 'matrix.html'), await renderPage(conformance));
    conformanceAddress = pathToFileURL(join(folder, 'matrix.html')).href;
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`fits ${width} pixels in the ${colorScheme}, without console output`, async () => {
        const said: string[] = [];
        const page = await openTab(browser, said);
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address);
        expect(said).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        expect(await page.locator('svg:visible').count()).to.equal(2);
        expect(await page.locator('.cards table:visible').count()).to.equal(6);
        const cut =
          '[...document.querySelectorAll(".cards .scroll")].filter((box) => box.scrollWidth > box.clientWidth).length';
        expect(await page.evaluate(cut)).to.equal(0);
        const colours = 'getComputedStyle(document.querySelector("svg:not(.narrow *) text")).fill';
        expect(await page.evaluate(colours)).to.equal(
          colorScheme === 'dark' ? 'rgb(154, 160, 170)' : 'rgb(106, 110, 118)',
        );
        await page.close();
      });

      it(`shows the wire log of every failure and the matrix in ${width} pixels in the ${colorScheme}`, async () => {
        const said: string[] = [];
        const page = await openTab(browser, said);
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(conformanceAddress);
        expect(await page.locator('.matrix tbody tr').count()).to.equal(7);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        expect(await page.locator('#result-2 .sequence .arrow').count()).to.equal(9);
        // Every arrow has a length, and its lane lies inside its diagram.
        const outside = `[...document.querySelectorAll('.arrow')].filter((arrow) => {
          const [box, lanes] = [arrow, arrow.parentElement].map((element) => element.getBoundingClientRect());
          return box.width < 4 || box.left < lanes.left - 1 || box.right > lanes.right + 1;
        }).length`;
        expect(await page.evaluate(outside)).to.equal(0);
        expect(said).to.deep.equal([]);
        await page.close();
      });
    }
  }
});
