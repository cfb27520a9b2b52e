import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard } from '../src/index.ts';
import { hundreds } from './setup/hundreds.ts';
import { listen } from './setup/listen.ts';
import { openPage } from './setup/open-page.ts';

const executable = await chromiumOrSkip();

describe('five hundred breakers', () => {
  it('are sent once; after that only those that have changed', async () => {
    const { breakers } = hundreds(500);
    const app = new Hono().route('/', dashboard(breakers));
    await using stream = listen(await app.request('/events'));
    expect((await stream.next()).data.rows).toHaveLength(500);
    breakers[77]?.trip();
    expect((await stream.next()).data.rows).toHaveLength(1);
  });
});

describe.skipIf(!executable)('five hundred breakers on the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterAll(() => browser?.close());

  it('are folded into their services, trouble first to be seen, and found by their names', async () => {
    const { breakers } = hundreds(500);
    await using open = await openPage(browser, breakers);
    const rows = open.page.locator('.row');
    await open.page.locator('.group').nth(24).waitFor();
    expect(await rows.count()).toBe(0);
    breakers[77]?.trip();
    await open.row('service 4/instance 18').locator('text=Open').waitFor();
    expect(await rows.count()).toBe(20);
    await open.page.getByRole('button', { name: /^Open/ }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await open.page.getByRole('button', { name: /^Open/ }).click();
    await open.page.getByRole('searchbox').fill('service 25 instance 13');
    await expect.poll(() => rows.count()).toBe(1);
  });

  it('are drawn while they are in sight; out of sight only where they have moved', async () => {
    const { breakers, beat } = hundreds(500);
    await using open = await openPage(browser, breakers);
    await open.page.getByRole('searchbox').fill('instance');
    const first = open.row('service 1/instance 1').locator('.doing');
    const says = (): Promise<string | null> => first.textContent();
    await open.row('service 25/instance 20').waitFor();
    await open.page.evaluate(noteWhatIsDrawn);
    for (let i = 0; i < 2; i++) {
      const before = await says();
      beat();
      await expect.poll(says, { timeout: 10_000 }).not.toBe(before);
    }
    breakers[477]?.setMode('isolated');
    await open.row('service 24/instance 18').locator('text=Isolated').waitFor();
    const drawn = (await open.page.locator('body').getAttribute('data-drawn'))?.split(',') ?? [];
    expect(drawn).toContain('service 24/instance 18');
    // All were busy. Some thirty lines fit the window and what is kept ready beside it.
    expect(drawn.length).toBeLessThan(60);
  });
});

/** Runs in the page: notes which rows are touched from now on. */
function noteWhatIsDrawn(): void {
  const drawn = new Set<string>();
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest<HTMLElement>('.row');
      if (row?.dataset['breaker']) drawn.add(row.dataset['breaker']);
    }
    document.body.dataset['drawn'] = [...drawn].join();
  });
  const list = document.querySelector('.rows') as Element;
  observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
}
