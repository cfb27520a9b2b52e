import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start-demo.ts';
import { openPlayground } from '../setup/open-playground.ts';
import { violations } from '../setup/violations.ts';

const executable = await chromiumOrSkip();

describe.skipIf(!executable)('the playground', () => {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    demo = await startDemo(0);
    browser = await launchChromium(executable as string);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  it('dragging the failure rate to 60 % opens the default breaker, which says why, and closes when all is well', async ({
    expect,
  }) => {
    await using playground = await openPlayground(browser, demo.pageUrl);
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

    await press('Well');
    await press('Step 10 s', 3);
    expect(await breaker.getAttribute('data-state')).toBe('closed');
    expect((await moves('Failure rate'))[0]).toMatch(/^\d:\d\d Closed 2 of 2 probes succeeded\.$/);
    expect(await breaker.locator('.judging').textContent()).toMatch(/0 of \d{3} calls failed, 0 %/);
  });

  it('the same seed gives the same history, another seed another, and all of it by keyboard alone', async ({
    expect,
  }) => {
    await using playground = await openPlayground(browser, demo.pageUrl);
    const { page } = playground;
    const tabTo = async (target: Locator) => {
      for (let presses = 0; presses < 40; presses += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to ${target}`);
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const tell = async (seed: string) => {
      await page.getByRole('link', { name: 'To the playground' }).focus();
      await page.keyboard.press('Enter');
      await tabTo(playground.slider('Failure rate'));
      await page.keyboard.press('Home');
      await tabTo(page.getByLabel('Seed'));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(seed);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'To the playground' }).focus();
      await page.keyboard.press('Enter');
      await tabTo(playground.slider('Failure rate'));
      for (let steps = 0; steps < 6; steps += 1) await page.keyboard.press('PageUp');
      await tabTo(button('Step 10 s'));
      for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press('Enter');
      return page.locator('.moves').allInnerTexts();
    };

    const first = await tell('7');
    expect(await playground.slider('Failure rate').getAttribute('aria-valuetext')).toBe('60 %');
    expect(await playground.clock()).toBe('1:00');
    expect(first.join()).toContain('5 calls in a row failed');
    const another = await tell('8');
    expect(another).not.toEqual(first);
    expect(await tell('7')).toEqual(first);
  });

  it('a setting that is turned holds at once: with a lower limit the same window opens the circuit', async ({
    expect,
  }) => {
    await using playground = await openPlayground(browser, demo.pageUrl);
    const { lane, slider, press, moves } = playground;
    await slider('Failure rate').fill('0.3');
    await press('Step 10 s', 2);
    expect(await lane('Failure rate').getAttribute('data-state')).toBe('closed');
    await lane('Failure rate').getByRole('slider', { name: 'Limit' }).fill('0.2');
    await press('Step 1 s');
    expect((await moves('Failure rate')).join()).toContain('the limit is 20 %');
  });

  it('runs by itself for those who do not mind motion, at ten times the speed if told to, until it is paused', async ({
    expect,
  }) => {
    await using playground = await openPlayground(browser, demo.pageUrl, { reducedMotion: 'no-preference' });
    const { page, press, clock } = playground;
    const seconds = async () => {
      const [minutes = 0, rest = 0] = ((await clock()) ?? '').split(':').map(Number);
      return minutes * 60 + rest;
    };
    await page.getByLabel('10 ×').check();
    await expect.poll(seconds, { timeout: 15_000 }).toBeGreaterThan(40);
    await press('Pause');
    const stopped = await seconds();
    await press('Step 1 s');
    expect(await seconds()).toBe(stopped + 1);
  });

  it('has nothing that axe objects to and nothing too wide: light, dark, and on a phone', async ({ expect }) => {
    await using playground = await openPlayground(browser, demo.pageUrl);
    const { page, press } = playground;
    await press('Down');
    await press('Step 10 s', 2);
    await press('Slow');
    await press('Step 10 s');
    const states = await page.locator('.lane').evaluateAll((lanes) => lanes.map((lane) => lane.dataset['state']));
    expect(new Set(states).size).toBeGreaterThan(1);
    for (const [colorScheme, width] of [
      ['light', 1200],
      ['dark', 1200],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(page), `${colorScheme}, ${width} wide`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
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
