import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** The page with the playground on it, paused until it is run. */
export interface PlaygroundOnScreen extends AsyncDisposable {
  readonly page: Page;

  /** The card of a breaker. */
  lane(name: string): Locator;
  slider(name: string): Locator;

  /** Clicks a button this many times. */
  press(button: string, times?: number): Promise<void>;

  /** Starts again with this seed and a service that is well. Settings of breakers stay as they are. */
  begin(seed: number): Promise<void>;

  /** What a breaker says of its last moves, the latest first. */
  moves(lane: string): Promise<string[]>;

  /** The simulated time. */
  clock(): Promise<string | null>;
}

/** Opens the page in a context of its own. Simulations are the page's, so any number of them may share one demo. */
export async function openPlayground(
  browser: Browser,
  pageUrl: string,
  setting: BrowserContextOptions = {},
): Promise<PlaygroundOnScreen> {
  await using started = new AsyncDisposableStack();
  const context = await browser.newContext({
    viewport: { width: 1200, height: 900 },
    reducedMotion: 'reduce',
    ...setting,
  });
  started.defer(() => context.close());
  // The map above has its own tests. Here it would only take the processor's time.
  await context.route('**/tiles/**/*.svg', (route) => route.abort());
  const page = await context.newPage();
  await page.goto(`${pageUrl}#playground`);
  await page.locator('.lane').first().waitFor();
  const running = started.move();
  const lane = (name: string) => page.getByRole('region', { name, exact: true });
  const press = async (button: string, times = 1) => {
    for (let time = 0; time < times; time += 1) await page.getByRole('button', { name: button, exact: true }).click();
  };
  return {
    page,
    lane,
    slider: (name) => page.getByRole('slider', { name, exact: true }).first(),
    press,
    begin: async (seed) => {
      await press('Healthy');
      await page.getByLabel('Seed').fill(String(seed));
      await press('Restart');
    },
    moves: (name) => lane(name).locator('.moves > ol li').allInnerTexts(),
    clock: () => page.locator('.clock b').textContent(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
