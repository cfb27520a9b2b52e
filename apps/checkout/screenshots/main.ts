/** Takes the pictures of the READMEs from the real shop, a minute into its day and some seconds into an outage. */
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, Page } from 'playwright-core';
import type { Run } from '../src/demo/run/run.ts';
import { serveShops } from '../src/demo/serve-shops.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

/** Milliseconds of payments that are well, and of payments that hang. */
const STEADY = 80_000;
const HANG = 25_000;

/** A README is read on a train, too. */
const MOST_BYTES = 250_000;

const CONTROL_PANEL = { width: 1_380, height: 860 };
const DASHBOARD = { width: 1_180, height: 780 };

const executable = await chromiumOrSkip();
if (!executable) throw new Error('no browser, no pictures');

const stop = new AbortController();
await using cleanup = new AsyncDisposableStack();
const run: Run = { signal: stop.signal, cleanup, fail: (error) => stop.abort(error) };
const { url, dashboardUrl, sides } = await serveShops({ databaseUrl: undefined, idempotencyKeys: true, port: 0 }, run);
const browser = await launchChromium(executable);
cleanup.defer(() => browser.close());

const pages = {
  'shop-dashboard-outage': await open(browser, `${dashboardUrl}#payments`, DASHBOARD, 'light'),
  'shop-dashboard-outage-dark': await open(browser, `${dashboardUrl}#payments`, DASHBOARD, 'dark'),
  'shop-control-panel': await open(browser, url, CONTROL_PANEL, 'light'),
};
await delay(STEADY, undefined, run);
await pages['shop-control-panel'].getByRole('button', { name: 'Hang' }).click();
await delay(HANG, undefined, run);
for (const [name, page] of Object.entries(pages)) await take(name, page);
console.log(sides.map(({ name, records }) => `${name}: ${records.length} answers`).join(', '));

async function open(
  browser: Browser,
  at: string,
  viewport: typeof CONTROL_PANEL,
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(at);
  return page;
}

async function take(name: string, page: Page): Promise<void> {
  const path = `${FOLDER}${name}.png`;
  const open = page.frames().at(-1)!.locator('.circuit[data-kind=open]').getByText('next attempt');
  // Not in the moment of a probe, before or while the picture is taken.
  do {
    await open.waitFor();
    await page.screenshot({ path });
  } while (!(await open.isVisible()));
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  if (size > MOST_BYTES) throw new Error(`${name} is larger than ${MOST_BYTES} bytes`);
}
