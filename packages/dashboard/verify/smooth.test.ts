import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hundreds } from '../test/setup/hundreds.ts';
import { openPage } from '../test/setup/open-page.ts';

const executable = await chromiumOrSkip();
const SECONDS = 10;

interface Frames {
  readonly frames: number;
  readonly late: number;
  readonly longest: number;
  readonly longTasks: readonly number[];
}

describe.skipIf(!executable)('the page with five hundred breakers, all of them busy and on the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterAll(() => browser?.close());

  it('stays smooth', async () => {
    const { breakers, beat } = hundreds(500);
    await using open = await openPage(browser, breakers);
    const beating = setInterval(beat, 100);
    try {
      await open.page.getByRole('searchbox').fill('instance');
      await open.row('service 25/instance 20').waitFor();
      const session = await open.page.context().newCDPSession(open.page);
      await session.send('Performance.enable');
      const busy = async (): Promise<number> => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
      };
      const before = await busy();
      const frames = await open.page.evaluate(watchFrames, SECONDS * 1_000);
      const share = ((await busy()) - before) / SECONDS;
      console.log({ ...frames, mainThreadBusy: `${Math.round(share * 1_000) / 10} %` });
      expect(share).toBeLessThan(0.3);
      expect(frames.late / frames.frames).toBeLessThan(0.05);
      expect(frames.longest).toBeLessThan(200);
    } finally {
      clearInterval(beating);
    }
  });
});

/** Runs in the page. */
function watchFrames(length: number): Promise<Frames> {
  const longTasks: number[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
  }).observe({ type: 'longtask' });
  return new Promise((resolve) => {
    const end = performance.now() + length;
    let last = performance.now();
    let [frames, late, longest] = [0, 0, 0];
    const frame = (): void => {
      const now = performance.now();
      frames += 1;
      // Two frames were missed.
      if (now - last > 50) late += 1;
      longest = Math.max(longest, Math.round(now - last));
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else resolve({ frames, late, longest, longTasks });
    };
    requestAnimationFrame(frame);
  });
}
