import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { benchmarkOf } from '../../test-support/example-results.ts';
import { swarmCell, swarmSample } from '../../test-support/example-swarm.ts';
import { openBrowser, openTab } from '../test-support/open-browser.ts';
import { renderPage } from '../page.ts';

const hostile = ['</script><img src=x onerror=alert(1)>', '__proto__', 'constructor', '<b>bia</b>', '\u202eevil'];

describe('the replay of a swarm in a browser', () => {
  let folder: string;
  let browser: BrowserContext;
  let address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-replay-'));
    browser = await openBrowser(join(folder, 'profile'));
    const hostileSample = swarmSample(5, 7, 'counting', 0, (peer) => hostile[peer] ?? '');
    const cells = [swarmCell(3, 20), { ...swarmCell(5, 7), samples: [hostileSample] }, swarmCell(50, 1000, 1)];
    await writeFile(join(folder, 'page.html'), await renderPage([benchmarkOf(...cells)]));
    address = pathToFileURL(join(folder, 'page.html')).href;
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** The contents of the canvases. */
  async function pictures(page: Page): Promise<string[]> {
    // A requested drawing is finished after two frames.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    return page.evaluate('[...document.querySelectorAll(".replay canvas")].map((canvas) => canvas.toDataURL())');
  }

  async function text(page: Page, selector: string): Promise<string> {
    return (await page.locator(`.replay ${selector}`).textContent()) ?? '';
  }

  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`follows the slider in ${width} pixels in the ${colorScheme}, without console output`, async () => {
        const said: string[] = [];
        const page = await openTab(browser, said);
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        const slider = page.getByRole('slider', { name: 'Time' });
        const seen = [await pictures(page)];
        expect(await text(page, '.state')).to.contain('31 of 60 blocks arrived, 0 of 3 peers complete');
        await slider.press('Home');
        seen.push(await pictures(page));
        expect(await text(page, '.state')).to.contain('1 of 60 blocks arrived');
        await slider.press('End');
        seen.push(await pictures(page));
        expect(await text(page, '.state')).to.contain('60 of 60 blocks arrived, 3 of 3 peers complete');
        expect(await slider.getAttribute('aria-valuetext'))
          .to.equal('0.155 s')
          .and.equal(await text(page, 'output'));
        await page.getByRole('combobox', { name: 'Swarm' }).selectOption({ index: 2 });
        seen.push(await pictures(page));
        expect(await text(page, '.state')).to.contain('50000 of 50000 blocks arrived');
        for (const canvas of [0, 1]) expect(new Set(seen.map((drawn) => drawn[canvas])).size).to.equal(4);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
        expect(said).to.deep.equal([]);
        await page.close();
      });
    }
  }

  it('shows who sent a block, by pointer and keyboard, and treats names as text', async () => {
    const said: string[] = [];
    const page = await openTab(browser, said);
    await page.goto(address);
    await page.getByRole('combobox', { name: 'Swarm' }).selectOption({ index: 1 });
    await page.getByRole('slider', { name: 'Time' }).press('End');
    const map = page.locator('.replay .map');
    await map.press('ArrowDown');
    await pictures(page);
    expect(await text(page, '.position')).to.equal(`${hostile[0] ?? ''} got block 0 from the tracker at 0.000 s.`);
    await map.press('ArrowDown');
    await map.press('ArrowRight');
    await pictures(page);
    expect(await text(page, '.position')).to.match(/^__proto__ got block 1 from .+ at \d\.\d{3} s\.$/);
    await map.hover({ position: { x: 80, y: 5 } });
    await pictures(page);
    expect(await text(page, '.position')).to.contain(`${hostile[0] ?? ''} got block 0`);
    expect(await page.locator('.replay img, .replay b').count()).to.equal(0);
    expect(said).to.deep.equal([]);
    await page.close();
  });

  it('plays, unless the reader prefers reduced motion', async () => {
    const said: string[] = [];
    const page = await openTab(browser, said);
    await page.goto(address);
    const slider = page.getByRole('slider', { name: 'Time' });
    await slider.press('Home');
    await pictures(page);
    await page.getByRole('button', { name: 'Play' }).click();
    // A locator, since the page's policy forbids the evaluation of text that waitForFunction repeats.
    await page.locator('.replay input:not([aria-valuetext="0.000 s"])').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await slider.inputValue();
    await pictures(page);
    expect(await slider.inputValue()).to.equal(stopped);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.getByRole('button', { name: 'Play' }).count()).to.equal(0);
    expect(said).to.deep.equal([]);
    await page.close();
  });

  it('blocks other scripts', async () => {
    const said: string[] = [];
    const page = await openTab(browser, said);
    await page.goto(address);
    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }))',
    );
    expect(await page.evaluate('window.ran')).to.equal(undefined);
    expect(said.join()).to.contain('Content Security Policy');
    await page.close();
  });
});
