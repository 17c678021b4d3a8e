import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-component-update'];

/** A headless Chromium with its profile in a folder. @throws if none is installed */
export async function openBrowser(profile: string): Promise<BrowserContext> {
  const executablePath = process.env.CHROMIUM ?? browsers.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('Install Chromium, or set CHROMIUM to the path of the program.');
  const args = [...quiet, '--disable-background-networking', '--disable-sync'];
  return chromium.launchPersistentContext(profile, { executablePath, args });
}

/** Opens a tab. Console output, errors and dialogs of the page are appended to `said`. */
export async function openTab(browser: BrowserContext, said: string[]): Promise<Page> {
  const page = await browser.newPage();
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('dialog', (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  return page;
}
