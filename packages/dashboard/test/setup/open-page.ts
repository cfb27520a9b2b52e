import type { Breaker } from '@switchgear/core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { DashboardOptions } from '../../src/index.ts';
import { serveDashboard } from '../../src/node/index.ts';

/** A dashboard in a browser. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly url: string;

  /** The line of a breaker in the list. */
  row(id: string): Locator;

  /** What went wrong in the page. */
  readonly errors: string[];

  /** Ends the server, as a restart does; the page stays. */
  stopServer(): Promise<void>;
}

/** How the page is looked at. */
export interface Look {
  readonly dark?: boolean;
  readonly width?: number;
  readonly breaker?: string;
  readonly port?: number;
}

/** Serves a dashboard of its own and opens it in a context of its own, so that tests do not meet. */
export async function openPage(
  browser: Browser,
  breakers: Iterable<Breaker>,
  options: DashboardOptions = {},
  { dark = false, width = 1_200, breaker }: Look = {},
): Promise<OpenPage> {
  await using started = new AsyncDisposableStack();
  const served = await serveDashboard(breakers, options);
  started.defer(() => served.close());
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  started.defer(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) errors.push(message.text());
  });
  await page.goto(`${served.url}${breaker === undefined ? '' : `#${encodeURIComponent(breaker)}`}`);
  await page.locator('.link[data-link=live]').waitFor();
  const running = started.move();
  return {
    page,
    url: served.url,
    errors,
    row: (id) => page.locator(`.row[data-breaker="${id}"]`),
    stopServer: () => served.close(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
