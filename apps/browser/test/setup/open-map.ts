import type { State } from '@switchgear/fetch';
import type { Browser, Page } from 'playwright-core';
import { startDemo } from '../../src/demo/start-demo.ts';
import type { Mode } from '../../src/tile-server/mode.ts';

/** The demo in a browser: what is to be seen there, and what the tile server itself has counted. */
export interface MapOnScreen extends AsyncDisposable {
  readonly page: Page;

  /** Requests for tiles that reached the server. */
  reached(): number;

  /** Clicks on what the tile server is to do. */
  order(mode: Mode): Promise<void>;

  /** Waits until the page shows this state, and resolves to what it says beside it. */
  shows(state: State): Promise<string>;
  state(): Promise<string | null>;

  /** Writes down each stage of recovery that the page shows from now on; the list is to be asked for later. */
  watchStages(): Promise<() => Promise<string[]>>;
  figure(name: 'calls' | 'failures' | 'refused' | 'reached'): Promise<number>;

  /** How many tiles show something of this kind. */
  tiles(kind: 'fresh' | 'old' | 'nothing' | 'waiting'): Promise<number>;
}

/** Starts a demo of its own and opens it in a context of its own, so that tests do not interfere. */
export async function openMap(
  browser: Browser,
  {
    width = 1200,
    height = 750,
    colorScheme = 'light',
  }: { width?: number; height?: number; colorScheme?: 'light' | 'dark' },
): Promise<MapOnScreen> {
  await using started = new AsyncDisposableStack();
  const demo = started.use(await startDemo(0));
  const options = { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' } as const;
  let page = await (await browser.newContext(options)).newPage();
  let requestsBefore = 0;
  // On a busy machine the first tiles may be slow enough to open the circuit: then the page is opened anew.
  for (let tries = 1; !(await opensCalmly(page, demo.pageUrl)) && tries < MOST_TRIES; tries++) {
    await page.context().close();
    requestsBefore = demo.tileServer.report.requests;
    page = await (await browser.newContext(options)).newPage();
  }
  started.defer(() => page.context().close());
  const circuit = page.locator('.circuit');
  const running = started.move();
  return {
    page,
    reached: () => demo.tileServer.report.requests - requestsBefore,
    order: (mode) => page.locator(`input[value=${mode}]`).check(),
    shows: async (state) => {
      await page.locator(`.circuit[data-state=${state}]`).waitFor({ timeout: 20_000 });
      return (await circuit.textContent()) ?? '';
    },
    state: () => circuit.getAttribute('data-state'),
    watchStages: () => watchStages(page),
    figure: async (name) => Number(await page.locator(`.figures [data-figure=${name}] dd`).textContent()),
    tiles: (kind) => page.locator(`.tile[data-shows=${kind}]`).count(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const MOST_TRIES = 5;

/** Opens the page and waits for its first tiles; whether the circuit has stayed closed meanwhile. */
async function opensCalmly(page: Page, url: string): Promise<boolean> {
  await page.goto(url);
  await page.waitForFunction(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('.tile')].map((tile) => tile.dataset['shows']);
    return shown.length > 0 && !shown.includes('waiting');
  });
  return (await page.locator('.history li').count()) === 0;
}

/** In the page itself, for a stage may be short while the test is busy elsewhere. */
async function watchStages(page: Page): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const stages: string[] = [];
    const look = () => {
      const stage = document.querySelector('.stages [aria-current=step]')?.textContent?.trim();
      if (stage && stages.at(-1) !== stage) stages.push(stage);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    return stages;
  });
  return () => seen.jsonValue();
}
