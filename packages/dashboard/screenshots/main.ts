/** Takes the pictures of the README: each state, dark, and on a phone. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser } from 'playwright-core';
import { serveDashboard } from '../src/node/index.ts';
import { openShop, type Shop } from '../test/setup/shop.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

interface Picture {
  readonly name: string;
  readonly breaker?: string;
  readonly dark?: boolean;
  readonly phone?: boolean;
  readonly prepare: (shop: Shop) => void;
}

const PICTURES: readonly Picture[] = [
  { name: 'closed', breaker: 'payments/eu-1', prepare: (shop) => shop.pass(170_000) },
  { name: 'open', breaker: 'payments/eu-1', prepare: outage },
  {
    name: 'half-open',
    breaker: 'search/a',
    prepare: (shop) => {
      outage(shop);
      shop.health.clear();
      shop.pass(37_000);
      shop.breaker('inventory').setMode('shadow');
    },
  },
  {
    name: 'isolated',
    breaker: 'mail',
    prepare: (shop) => {
      shop.pass(150_000);
      shop.breaker('mail').setMode('isolated');
      shop.pass(20_000);
    },
  },
  { name: 'saved', prepare: recovered },
  { name: 'dark', breaker: 'payments/eu-1', dark: true, prepare: outage },
  { name: 'phone', breaker: 'payments/eu-1', phone: true, prepare: outage },
];

const executable = await chromiumOrSkip();
if (!executable) throw new Error('no browser, no pictures');
mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium(executable);
try {
  for (const picture of PICTURES) await take(browser, picture);
} finally {
  await browser.close();
}

/** Payments, and then search, fail. */
function outage(shop: Shop): void {
  shop.pass(110_000);
  shop.health.set('payments/eu-1', { failing: 0.95 }).set('search/a', { failing: 0.1, slow: 0.9 });
  shop.pass(20_000);
}

function recovered(shop: Shop): void {
  outage(shop);
  shop.pass(60_000);
  shop.health.clear();
  shop.pass(100_000);
}

async function take(browser: Browser, { name, breaker, dark, phone, prepare }: Picture): Promise<void> {
  const shop = openShop(10);
  const counted = { served: 0, failed: 0 };
  let asked = 0;
  shop.breaker('payments/eu-1').subscribe(
    ({ type, outcome }) => {
      if (type !== 'reject' && outcome !== 'failure') return;
      // One in thirty has no copy to fall back on.
      asked += 1;
      if (asked % 30 === 0) counted.failed += 1;
      else counted.served += 1;
    },
    { outcomes: true },
  );
  const fallbacks = { 'payments/eu-1': () => ({ ...counted }) };
  const dashboard = await serveDashboard(shop.registry, {
    wall: shop.clock.wall,
    fallbacks,
    title: 'The shop',
    authorize: () => 'ann',
    prices: { currency: 'EUR', revenuePerCall: 0.4, failedCall: 0.15, minuteDown: 12 },
  });
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1150, height: 760 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  prepare(shop);
  const beating = setInterval(shop.beat, 100);
  try {
    const page = await context.newPage();
    await page.goto(`${dashboard.url}${breaker ? `#${encodeURIComponent(breaker)}` : ''}`);
    if (!breaker) await page.getByText('Range and formulas').click();
    await page
      .locator(breaker ? '.chart canvas' : '.saved dd')
      .first()
      .waitFor();
    await page.waitForTimeout(3_500);
    // Of the page that is all text the card alone: pictures are to stay small.
    const shown = breaker ? page : page.locator('.saved');
    await shown.screenshot({ path: `${FOLDER}dashboard-${name}.png` });
  } finally {
    clearInterval(beating);
    await context.close();
    await dashboard.close();
  }
}
