import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type DemoProcess, startDemo } from '../test/demo-process.ts';
import { watchLeftovers } from '../test/leftovers.ts';
import { violations } from './violations.ts';

const executable = await chromiumOrSkip();
const SOON = { timeout: 120_000, interval: 50 };

/** A button, and the state it leads to sooner or later. */
type Press = readonly [button: string, breaker: string, state: 'open' | 'closed'];

const PRESSES: readonly Press[] = [
  ['Slow', 'payments', 'open'],
  ['Healthy', 'payments', 'closed'],
  ['Hang', 'payments', 'open'],
  ['Healthy', 'payments', 'closed'],
  ['Refuse', 'payments', 'open'],
  ['Healthy', 'payments', 'closed'],
  ['Kill', 'database', 'open'],
  ['Restart', 'database', 'closed'],
];

describe.skipIf(!executable)('demo --serve', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterAll(() => browser?.close());

  it('shows on the dashboard what each button led to, and leaves nothing behind', async () => {
    const watch = await watchLeftovers();
    const demo = startDemo(['--serve'], watch);
    const { url, dashboardUrl } = await addressesOf(demo);
    const { page, dashboard, errors } = await openControlPanel(browser, url);

    const took: [button: string, ms: number][] = [];
    for (const press of PRESSES) took.push([press[0], await play(press, page, dashboard, dashboardUrl)]);
    console.log(`shown after (ms): ${took.map(([button, ms]) => `${button} ${ms}`).join(', ')}`);

    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
    demo.signalGroup('SIGINT');
    expect(await demo.ended, demo.output()).toBe(0);
    await watch.expectNothing(demo.output());
  });

  it('obeys only those who have its address, and pages that are its own', async () => {
    const demo = startDemo(['--serve']);
    const { url, dashboardUrl } = await addressesOf(demo);
    const press = async (address: string, origin?: string): Promise<number> => {
      const headers = origin === undefined ? {} : { Origin: origin };
      return (await fetch(address, { method: 'POST', headers })).status;
    };
    const { origin } = new URL(url);
    expect((await fetch(origin)).status).toBe(404);
    expect(await press(`${origin}/actions/hang`, origin)).toBe(404);
    expect(await press(`${url}/actions/hang`)).toBe(403);
    expect(await press(`${url}/actions/hang`, 'https://elsewhere.example')).toBe(403);
    expect(await press(`${url}/actions/steady`, origin)).toBe(404);
    expect(await press(`${url}/actions/databaseBack`, origin)).toBe(409);
    expect(await press(`${url}/actions/hang`, origin)).toBe(204);
    expect((await fetch(`${new URL(dashboardUrl).origin}/api/breakers`)).status).toBe(404);
    demo.signalGroup('SIGINT');
    expect(await demo.ended, demo.output()).toBe(0);
  });
});

async function addressesOf(demo: DemoProcess): Promise<{ readonly url: string; readonly dashboardUrl: string }> {
  await vi.waitUntil(() => demo.output().includes('Press Ctrl-C to stop everything'), SOON);
  const [, url, dashboardUrl] = /Control panel: (\S+)\nDashboard: +(\S+)/.exec(demo.output()) ?? [];
  return { url: url!, dashboardUrl: dashboardUrl! };
}

async function openControlPanel(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, reducedMotion: 'reduce' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  const dashboard = (await (await page.locator('iframe').elementHandle())?.contentFrame()) as Frame;
  await dashboard.locator('.link[data-link=live]').waitFor();
  return { page, dashboard, errors };
}

/** Presses a button and resolves to how long after the breaker's move the dashboard showed it, in milliseconds. */
async function play([button, breaker, state]: Press, page: Page, dashboard: Frame, url: string): Promise<number> {
  await dashboard.evaluate(noteWhenShown, `.row[data-breaker=${breaker}][data-kind=${state}]`);
  const pressedAt = Date.now();
  await page.getByRole('button', { name: button, exact: true }).click();
  const noted = dashboard.locator('body[data-shown-at]');
  await noted.waitFor({ timeout: SOON.timeout });
  const shownAt = Number(await noted.getAttribute('data-shown-at'));
  const { entries } = (await (await fetch(`${url}/api/breakers`)).json()) as {
    readonly entries: readonly { readonly breaker: string; readonly to?: string; readonly at: number }[];
  };
  const move = entries.find((entry) => entry.breaker === breaker && entry.to === state && entry.at >= pressedAt);
  expect(move, `${breaker} ${state} after ${button}`).toBeDefined();
  return shownAt - move!.at;
}

/** Runs in the page, which notes itself when it has drawn it: the way to this process is not the page's time. */
function noteWhenShown(selector: string): void {
  delete document.body.dataset['shownAt'];
  const shown = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    shown.disconnect();
    document.body.dataset['shownAt'] = String(Date.now());
  });
  shown.observe(document.body, { subtree: true, childList: true, attributes: true });
}
