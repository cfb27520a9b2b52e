import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start-demo.ts';
import { openPlayground, type PlaygroundOnScreen } from '../setup/open-playground.ts';
import { takePicture } from '../setup/take-picture.ts';
import { violations } from '../setup/violations.ts';

const executable = await chromiumOrSkip();

describe.skipIf(!executable)('the playground', () => {
  const started = new AsyncDisposableStack();
  let demo: Demo;
  let browser: Browser;
  let playground: PlaygroundOnScreen;
  beforeAll(async () => {
    demo = started.use(await startDemo(0));
    browser = await launchChromium(executable as string);
    started.defer(() => browser.close());
    playground = started.use(await openPlayground(browser, demo.pageUrl));
  });
  afterAll(() => started.disposeAsync());
  // One page for most of the rules: to begin anew is what the playground is made for.
  beforeEach(() => playground.begin(1));

  it('dragging the failure rate to 60 % opens the default breaker, which says why, and closes when all is well', async ({
    expect,
  }) => {
    const { page, lane, slider, press, moves } = playground;
    const breaker = lane('Failure rate');
    expect(await playground.clock()).toBe('0:20');
    expect(await breaker.getAttribute('data-state')).toBe('closed');

    await drag(page, slider('Failure rate'), 0.6);
    expect(await slider('Failure rate').getAttribute('aria-valuetext')).toMatch(/^(59|60|61) %$/);
    await slider('Failure rate').fill('0.6');
    await press('Step 10 s', 2);
    expect(await moves('Failure rate')).toContainEqual(
      expect.stringMatching(
        /^0:\d\d Open \d+ of \d+ calls failed \(5\d(\.\d)? %, the limit is 50 %\); next attempt in [\d.]+ s\.$/,
      ),
    );
    expect(await breaker.locator('.judging').textContent()).toContain('Empty until the circuit closes.');

    await press('Healthy');
    await press('Step 10 s', 3);
    expect(await breaker.getAttribute('data-state')).toBe('closed');
    expect((await moves('Failure rate'))[0]).toMatch(/^\d:\d\d Closed 2 of 2 probes succeeded\.$/);
    expect(await breaker.locator('.judging').textContent()).toMatch(/0 of \d{3} calls failed, 0 %/);

    // A setting holds at once: with a lower limit, what was well is so no more.
    await slider('Failure rate').fill('0.3');
    await press('Step 10 s', 2);
    expect(await breaker.getAttribute('data-state')).toBe('closed');
    await breaker.getByRole('slider', { name: 'Limit' }).fill('0.2');
    await press('Step 1 s');
    expect((await moves('Failure rate'))[0]).toContain('the limit is 20 %');
    await breaker.getByRole('slider', { name: 'Limit' }).fill('0.5');
  });

  it('the same seed gives the same history, and another seed another', async ({ expect }) => {
    const { page, begin, slider, press, clock } = playground;
    const tell = async (seed: number) => {
      await begin(seed);
      await slider('Failure rate').fill('0.6');
      await press('Step 10 s', 4);
      expect(await clock()).toBe('1:00');
      return page.locator('.moves details li').allTextContents();
    };
    const first = await tell(7);
    expect(first.join()).toContain('5 calls in a row failed');
    expect(await tell(8)).not.toEqual(first);
    expect(await tell(7)).toEqual(first);
  });

  it('adaptive mode, without a number set, opens long before the others when calls hang', async ({ expect }) => {
    await playground.press('Hung');
    await playground.press('Step 1 s', 2);
    expect((await playground.moves('Adaptive')).at(-1)).toMatch(
      /^0:2[01] Open No answer for [\d.]+ m?s to \d+ calls; normally one takes \d+ ms, so [\d.]+ answers are due \(the limit is [\d.]+\); next/,
    );
    for (const other of ['Failure rate', 'Consecutive failures', 'Slow calls']) {
      expect(await playground.moves(other), other).toEqual([]);
    }
  });

  it('all of it can be done by keyboard', async ({ expect }) => {
    const { page, slider, clock } = playground;
    const tabTo = async (target: Locator) => {
      for (let presses = 0; presses < 20; presses += 1) {
        await page.keyboard.press('Tab');
        if (await target.evaluate((element) => element === document.activeElement)) return;
      }
      throw new Error(`Tab does not lead to ${target}`);
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByRole('link', { name: 'Go to the playground' }).press('Enter');
    await tabTo(slider('Failure rate'));
    for (let steps = 0; steps < 6; steps += 1) await page.keyboard.press('PageUp');
    expect(await slider('Failure rate').getAttribute('aria-valuetext')).toBe('60 %');
    await tabTo(button('Step 10 s'));
    await page.keyboard.press('Enter');
    expect(await clock()).toBe('0:30');
    await tabTo(page.getByLabel('Seed'));
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    expect(await clock()).toBe('0:20');
    await tabTo(playground.lane('Failure rate').getByRole('slider', { name: 'Limit' }));
    await page.keyboard.press('ArrowLeft');
    expect(await playground.lane('Failure rate').getByText('45 %').count()).toBe(1);
  });

  it('runs by itself for those who do not mind motion, at ten times the speed if told to, until it is paused', async ({
    expect,
  }) => {
    await using moving = await openPlayground(browser, demo.pageUrl, { reducedMotion: 'no-preference' });
    const { page, press, clock } = moving;
    const seconds = async () => {
      const [minutes = 0, rest = 0] = ((await clock()) ?? '').split(':').map(Number);
      return minutes * 60 + rest;
    };
    await page.getByLabel('10 ×').check();
    await expect.poll(seconds, { timeout: 15_000 }).toBeGreaterThan(30);
    await press('Pause');
    const stopped = await seconds();
    await press('Step 1 s');
    expect(await seconds()).toBe(stopped + 1);
  });

  it('has nothing that axe objects to and nothing too wide: light, dark, and on a phone', async ({ expect }) => {
    const { page, press } = playground;
    for (const trouble of ['Down', 'Healthy', 'Slow']) {
      await press(trouble);
      await press('Step 10 s');
    }
    await press('Healthy');
    await press('Step 1 s', 3);
    await press('Down');
    await press('Step 1 s', 2);
    const states = await page.locator('.lane').evaluateAll((lanes) => lanes.map((lane) => lane.dataset['state']));
    expect(new Set(states)).toEqual(new Set(['closed', 'half-open', 'open']));
    const whole = page.locator('#playground');
    await takePicture(whole, 'browser-playground');
    expect(await violations(page, '#playground')).toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark' });
    if (process.env['SCREENSHOTS']) await takePicture(whole, 'browser-playground-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations(page, '#playground')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await playground.lane('Adaptive').evaluate((card) => card.scrollIntoView());
    await takePicture(page, 'browser-playground-phone');
  });
});

/** Takes the thumb of a slider from its left end to this share of its length. */
async function drag(page: Page, slider: Locator, share: number): Promise<void> {
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (!box) throw new Error('The slider is not to be seen');
  const thumb = 16;
  const at = (part: number) => box.x + thumb / 2 + (box.width - thumb) * part;
  await page.mouse.move(at(0), box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(at(share), box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
}
