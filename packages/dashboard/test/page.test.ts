import { consecutiveFailures, createBreaker, createRegistry, fixed, probes, type Registry } from '@switchgear/core';
import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { serveDashboard } from '../src/node/index.ts';
import { openPage } from './setup/open-page.ts';
import { openShop } from './setup/shop.ts';
import { violations } from './setup/violations.ts';

const executable = await chromiumOrSkip();
const PATIENCE = { timeout: 15_000, interval: 20 };

function few(): Registry {
  const options = (name: string) => ({ name, openWhen: consecutiveFailures(2), openFor: fixed(45_000) });
  const registry = createRegistry({ options });
  for (const name of ['payments/eu-1', 'payments/eu-2', 'mail']) registry.get(name);
  return registry;
}

describe.skipIf(!executable)('the page', { concurrent: true }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterAll(() => browser?.close());

  it('shows a move, says why, counts down, and tells those who listen', async ({ expect }) => {
    const registry = few();
    await using open = await openPage(browser, registry, {}, { breaker: 'payments/eu-1' });
    const { page, row } = open;
    await row('payments/eu-1').and(page.locator('[data-kind=closed]')).waitFor();
    const breaker = registry.get('payments/eu-1');
    for (let i = 0; i < 2; i++) breaker.tryAcquire()?.settle('failure', 5);
    await page.locator('.circuit[data-kind=open]').waitFor();
    await expect
      .poll(() => page.locator('.circuit .state').textContent(), PATIENCE)
      .toMatch(/next attempt in [34]\d s/);
    await expect.poll(() => page.locator('.circuit .why').textContent(), PATIENCE).toContain('2 calls in a row failed');
    await expect
      .poll(() => page.locator('[data-announcer]').textContent(), PATIENCE)
      .toContain('2 calls in a row failed');
    // The card counts down; no sentence has the time as it was.
    expect((await page.locator('main').textContent())?.match(/next attempt/g)).toHaveLength(2);
    const tiles = page.locator('.numbers dd');
    await expect
      .poll(() => tiles.allTextContents(), PATIENCE)
      .toEqual([expect.stringMatching(/^\d+ s$/), '0', '0', '2']);
    const left = async (): Promise<number> =>
      Number(/in (\d+) s/.exec((await page.locator('.circuit .doing').textContent()) ?? '')?.[1]);
    const before = await left();
    await expect.poll(left, PATIENCE).toBeLessThan(before);
    expect(open.errors).toEqual([]);
  });

  it('shows which instances there are, and what they say', async ({ expect }) => {
    const registry = few();
    const told = [{ life: 'abcdefgh', state: 'open', ground: 'sums', rule: 'cusum', age: 3_000 }] as const;
    const circuit = {
      breaker: 'mail',
      state: 'closed',
      ground: 'none',
      isItUs: false,
      isDissenting: true,
      told,
    } as const;
    const report = () => ({ group: 'shop', instances: 3, alone: false, circuits: [circuit] });
    await using open = await openPage(browser, registry, { sharing: { report } });
    const { page } = open;
    const card = page.locator('.together');
    await expect.poll(() => card.textContent(), PATIENCE).toContain('3 instances of “shop”');
    await card.getByRole('link', { name: 'mail' }).click();
    await expect.poll(() => card.textContent(), PATIENCE).toContain('abcdef open for 3 s, by its own calls (cusum)');
    expect(await card.textContent()).toContain('calls here go well');
    expect(await card.textContent()).toContain('1 other: closed');
    expect(await violations(page)).toEqual([]);
    expect(open.errors).toEqual([]);
  });

  it('shows how the endpoints of a service stand, and why', async ({ expect }) => {
    const rows = () => [
      {
        id: 'a',
        state: 'open',
        weight: 0,
        load: 0,
        latency: 12,
        success: 0.4,
        why: 'Ejected: 3 calls in a row failed.',
      } as const,
      { id: 'b', state: 'closed', weight: 1, load: 2, latency: 9, success: 1, why: '' } as const,
    ];
    await using open = await openPage(browser, few(), { balancers: [{ name: 'search', rows }] });
    const table = open.page.locator('.trees table');
    await expect.poll(() => table.textContent(), PATIENCE).toContain('Ejected: 3 calls in a row failed.');
    expect(await table.getByRole('row').nth(1).textContent()).toContain('ejected0 %012 ms40 %');
    expect(await violations(open.page)).toEqual([]);
    expect(open.errors).toEqual([]);
  });

  // Alone, for the others would be measured too; and the middle one of five, for the machine has other things to do.
  it('shows every move by itself, one after the other', async () => {
    const registry = few();
    const breaker = registry.get('mail');
    await using open = await openPage(browser, registry);
    for (let i = 0; i < 5; i++) {
      await open.row('mail').and(open.page.locator('[data-kind=closed]')).waitFor();
      breaker.trip();
      await open.row('mail').and(open.page.locator('[data-kind=open]')).waitFor();
      breaker.reset();
    }
  });

  it('lets an operator trip, reset and set modes, after asking back', async ({ expect }) => {
    const registry = few();
    const breaker = registry.get('mail');
    const audits: string[] = [];
    const options = { authorize: () => 'ann', onAudit: ({ operator = '' }) => audits.push(operator) };
    await using open = await openPage(browser, registry, options, { breaker: 'mail' });
    const { page } = open;
    const order = async (name: string, answer: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: answer }).click();
    };
    await order('Trip', 'Cancel');
    await order('Trip', 'Confirm');
    await page.locator('.circuit[data-kind=open]').waitFor();
    expect(breaker.state).toBe('open');
    await order('Half-open', 'Confirm');
    await page.locator('.circuit[data-kind=half-open]').waitFor();
    await order('Reset', 'Confirm');
    await page.locator('.circuit[data-kind=closed]').waitFor();
    for (const mode of ['isolated', 'disabled', 'shadow'] as const) {
      await order(mode, 'Confirm');
      await page.locator(`.circuit[data-kind=${mode}]`).waitFor();
      expect(breaker.mode).toBe(mode);
    }
    expect(audits).toEqual(['ann', 'ann', 'ann', 'ann', 'ann', 'ann']);
    await expect
      .poll(() => page.locator('.timeline').textContent(), PATIENCE)
      .toContain('Order by ann: set mode to shadow.');
    expect(open.errors).toEqual([]);
  });

  it('shows a refusal to an unauthorized operator, and no buttons without authorize', async ({ expect }) => {
    const registry = few();
    await using refused = await openPage(browser, registry, { authorize: () => false }, { breaker: 'mail' });
    await refused.page.getByRole('button', { name: 'Trip' }).click();
    await refused.page.getByRole('button', { name: 'Confirm' }).click();
    await refused.page.getByText('You are not allowed to do this').waitFor();
    expect(registry.get('mail').state).toBe('closed');
    await using off = await openPage(browser, [createBreaker({ name: 'mail' })], {}, { breaker: 'mail' });
    await off.page.locator('.charts').waitFor();
    expect(await off.page.getByRole('button', { name: 'Trip' }).count()).toBe(0);
  });

  it('says that the connection is lost, comes back by itself, and then knows what it missed', async ({ expect }) => {
    const registry = few();
    await using open = await openPage(browser, registry);
    await open.stopServer();
    await open.page.getByText('Connection lost').waitFor();
    registry.get('mail').trip();
    const again = await serveDashboard(registry, { port: Number(new URL(open.url).port) });
    try {
      await open.page.locator('.link[data-link=live]').waitFor({ timeout: 20_000 });
      await open.row('mail').locator('text=Open').waitFor();
      expect(open.errors).toEqual([]);
    } finally {
      await again.close();
    }
  });

  it('is used without a mouse: search, fold, choose, go back', async ({ expect }) => {
    await using open = await openPage(browser, few());
    const { page, row } = open;
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.getByRole('searchbox', { name: 'Search breakers' }).focus();
    await page.keyboard.type('eu-2');
    await row('mail').waitFor({ state: 'detached' });
    await page.getByText('1 of 3 breakers').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await row('mail').waitFor();
    const service = page.getByRole('button', { name: /^payments/ });
    await service.focus();
    await page.keyboard.press('Enter');
    await row('payments/eu-1').waitFor({ state: 'detached' });
    expect(await service.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^eu-1/);
    await page.keyboard.press('Enter');
    await expect.poll(focused, PATIENCE).toBe('payments/eu-1');
    expect(await row('payments/eu-1').getAttribute('aria-current')).toBe('true');
    await page.goBack();
    await page.getByText('Savings').waitFor();
  });

  it.each([
    ['light', false],
    ['dark', true],
  ])('says nothing twice, nothing in code and nothing that contradicts itself, in the %s', async (_scheme, dark) => {
    const registry = createRegistry({
      options: (name) => ({
        name,
        openWhen: consecutiveFailures(2),
        openFor: fixed(50),
        recover: probes({ permitted: 1 }),
      }),
    });
    const breaker = registry.get('mail');
    await using open = await openPage(browser, registry, { outcomes: false, prices: { revenuePerCall: 1 } }, { dark });
    const { page } = open;
    const text = async (of: string): Promise<string> => (await page.locator(of).textContent()) ?? '';
    await page.getByText('Range and formulas').click();
    await page.locator('.unknown').waitFor();
    expectOnce(await text('.unknown'), 'the option outcomes is off');
    if ((await text('#app')).includes('`')) throw new Error(await text('#app'));
    for (let i = 0; i < 2; i++) breaker.tryAcquire()?.settle('failure', 5);
    // Time alone moves it on: there is no other sentence than the one of its opening.
    await open.row('mail').and(page.locator('[data-kind=half-open]')).click();
    await page.locator('.circuit .why').getByText('2 calls in a row failed').waitFor();
    expectOnce(await text('main'), 'opened: 2 calls in a row failed');
    const probe = breaker.acquire();
    for (let i = 0; i < 5; i++) breaker.tryAcquire();
    await page.locator('.refusals').getByText('5 calls refused').waitFor();
    expectOnce(await text('.refusals'), 'all probes are in flight');
    expectOnce(await text('main'), '2 calls in a row failed');
    const doing = await text('.circuit .doing');
    if (/waiting.*let through/.test(doing)) throw new Error(doing);
    probe.settle('success', 5);
    if (open.errors.length > 0) throw new Error(open.errors.join('\n'));
  });

  it('opens at whatever its address says, and says what there is not', async ({ expect }) => {
    const names = ['__proto__', 'constructor', 'valueOf', '100%', '%E0', 'a\nb', 'a\nc'];
    await using open = await openPage(
      browser,
      names.map((name) => createBreaker({ name })),
    );
    const { page } = open;
    const title = page.locator('h2.breaker');
    for (const name of names) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, encodeURIComponent(name));
      await expect.poll(() => title.textContent(), PATIENCE).toBe(name);
      await page.locator('.circuit .why').getByText('No problems').waitFor();
    }
    for (const [hash, name] of [
      ['%E0', '%E0'],
      ['50%', '50%'],
      ['toString', 'toString'],
    ] as const) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await expect.poll(() => title.textContent(), PATIENCE).toBe(name);
    }
    await page.getByText('There is no breaker with this name').waitFor();
    expect(open.errors).toEqual([]);
  });

  it.each([
    ['in words', 403, 'Your session is over.', 'Your session is over.'],
    ['as JSON', 503, { error: 'There are 100 streams.' }, 'There are 100 streams.'],
    ['as nothing', 403, '', 'The server answered 403'],
  ])('says why where the server says no: %s', async (_how, status, says, shown) => {
    await using open = await openPage(browser, few());
    const { page } = open;
    const json = typeof says !== 'string';
    const body = json ? JSON.stringify(says) : says;
    const answer = { status, body, contentType: json ? 'application/json' : 'text/plain' };
    await page.route(/\/(events|api)/, (route) => route.fulfill(answer));
    await open.stopServer();
    await page.locator('.link').getByText(shown).waitFor({ timeout: PATIENCE.timeout });
  });

  // Colours do not depend on the width, nor the layout on the colours.
  it.each([
    ['light, on a desk', { dark: false, width: 1_200 }],
    ['dark, on a phone', { dark: true, width: 390 }],
  ])('has no fault that axe knows, with all states on it: %s', async (_scheme, look) => {
    const shop = openShop(10);
    shop.breaker('mail').setMode('isolated');
    shop.breaker('inventory').setMode('shadow');
    shop.breaker('database').setMode('disabled');
    shop.breaker('payments/eu-2').halfOpen();
    const options = { wall: shop.clock.wall, authorize: () => true, prices: { failedCall: 1 } };
    await using open = await openPage(browser, shop.registry, options, look);
    shop.pass(3_000);
    shop.breaker('payments/eu-1').trip();
    shop.breaker('payments/eu-1').tryAcquire();
    await open.row('payments/eu-1').locator('text=Open').waitFor();
    await open.page.getByText('Range and formulas').click();
    await open.page.locator('.saved dd').first().waitFor();
    await none(open.page);
    await open.row('payments/eu-1').click();
    await open.page.locator('.refusals').waitFor();
    await none(open.page);
    await open.page.getByRole('button', { name: 'Trip' }).click();
    await none(open.page);
    if (open.errors.length > 0) throw new Error(open.errors.join('\n'));
  });

  function expectOnce(text: string, part: string): void {
    const times = text.split(part).length - 1;
    if (times !== 1) throw new Error(`"${part}" is said ${times} times: ${text}`);
  }

  async function none(page: Page): Promise<void> {
    const found = await violations(page);
    if (found.length > 0) throw new Error(found.join('\n'));
  }

  it('fits a phone, without scrolling sideways', async ({ expect }) => {
    const shop = openShop(10);
    shop.pass(5_000);
    await using open = await openPage(browser, shop.registry, { wall: shop.clock.wall }, { width: 360 });
    const overhang = (): Promise<number> => open.page.evaluate(() => document.body.scrollWidth - innerWidth);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await open.row('payments/eu-1').click();
    await open.page.locator('.chart canvas').first().waitFor();
    expect(await overhang()).toBeLessThanOrEqual(0);
    expect(await open.row('mail').isVisible()).toBe(false);
  });
});
