import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../src/demo/start-demo.ts';
import type * as copiesModule from '../src/page/tiles/last-good-copies.ts';

const executable = await chromiumOrSkip();

describe.skipIf(!executable)('last good copies, in a real Cache', () => {
  let browser: Browser;
  let demo: Demo;
  let page: Page;
  let module: JSHandle<typeof copiesModule>;

  beforeAll(async () => {
    demo = await startDemo(0);
    browser = await launchChromium(executable as string);
    page = await browser.newPage();
    await page.goto(demo.pageUrl);
    module = await page.evaluateHandle("import('/src/page/tiles/last-good-copies.ts')");
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  it('a copy comes back as it was, with the time it was taken', async () => {
    const found = await page.evaluate(async ({ openCopies }) => {
      const copies = openCopies('one', 10);
      await copies.keep('http://tiles.test/1', {
        image: new Blob(['<svg/>'], { type: 'image/svg+xml' }),
        takenAt: 1_234,
      });
      const copy = await copies.find('http://tiles.test/1');
      return [await copy?.image.text(), copy?.image.type, copy?.takenAt, await copies.find('http://tiles.test/2')];
    }, module);
    expect(found).toEqual(['<svg/>', 'image/svg+xml', 1_234, undefined]);
  });

  it('no more than the limit are kept, plus at most 32, and the oldest are dropped', async () => {
    const [count, first, again] = await page.evaluate(async ({ openCopies }) => {
      const copies = openCopies('many', 10);
      const keep = (n: number) => copies.keep(`http://tiles.test/${n}`, { image: new Blob([`${n}`]), takenAt: n });
      for (let n = 0; n < 100; n += 1) {
        await keep(n);
        await keep(1);
      }
      const keys = await (await caches.open('many')).keys();
      return [
        keys.length,
        await copies.find('http://tiles.test/0'),
        await (await copies.find('http://tiles.test/1'))?.image.text(),
      ];
    }, module);
    expect(count).toBeLessThanOrEqual(10 + 32);
    expect(first).toBeUndefined();
    expect(again).toBe('1');
  });

  it('where a browser keeps nothing, nothing is found and nothing breaks', async () => {
    const found = await page.evaluate(async ({ openCopies }) => {
      Object.defineProperty(globalThis, 'caches', { value: undefined, configurable: true });
      const copies = openCopies('none', 10);
      await copies.keep('http://tiles.test/1', { image: new Blob(['1']), takenAt: 1 });
      return copies.find('http://tiles.test/1');
    }, module);
    expect(found).toBeUndefined();
  });
});
