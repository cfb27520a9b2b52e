import { freePort } from '@switchgear/testkit';
import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attempt, InPage, Seen } from './chromium/page.ts';
import { type Site, startSite } from './chromium/site.ts';

const DOCUMENT = '../../../docs/guides/fetch-in-the-browser.md';
const executable = await chromiumOrSkip();

/** What a page meets, in the order of the table. Addresses without a host are the service's. */
const rows: readonly (readonly [what: string, attempt: Attempt, judged: string])[] = [
  ['an answer', { url: '/answer/200' }, 'success'],
  ['an answer that there is nothing', { url: '/answer/404' }, 'success'],
  ['503', { url: '/answer/503' }, 'failure (503)'],
  ['503 with `Retry-After: 7`, exposed to pages', { url: '/answer/503?retry-after=7' }, 'failure (503), back in 7 s'],
  ['the same, not exposed', { url: '/answer/503?retry-after=7&hidden' }, 'failure (503)'],
  ['connection refused', { url: 'http://refused' }, 'failure (network)'],
  ['connection reset', { url: '/reset' }, 'failure (network)'],
  ['200, which CORS keeps from the page', { url: '/blocked/200' }, 'failure (network)'],
  ['500, which CORS keeps from the page', { url: '/blocked/500' }, 'failure (network)'],
  ['the same with `no-cors`', { url: '/blocked/500', init: { mode: 'no-cors' } }, 'success'],
  ['a redirect that is not followed', { url: '/moved', init: { redirect: 'manual' } }, 'success'],
  ['a redirect that was forbidden', { url: '/moved', init: { redirect: 'error' } }, 'failure (network)'],
  ['aborted by the caller', { url: '/hang', abortAfter: 20 }, 'ignored'],
  ['timed out', { url: '/hang', timeoutAfter: 20 }, 'failure (timeout)'],
  ['body cut', { url: '/half-body' }, 'success'],
  ['body cut, with `observeBody`', { url: '/half-body', observeBody: true }, 'success, then failure (network)'],
  ['an invalid address', { url: 'http://[' }, 'no permit taken'],
  ['a GET with a body', { url: '/answer/200', bytes: 1 }, 'ignored (mistake)'],
  [
    '64 KiB and a byte with `keepalive`',
    { url: '/answer/200', bytes: 65_537, init: { method: 'POST', keepalive: true } },
    'ignored (mistake)',
  ],
];

describe.skipIf(!executable)('a page in Chromium', () => {
  let browser: Browser;
  let site: Site;
  let page: Page;
  let devtools: CDPSession;
  let refused: string;
  beforeAll(async () => {
    [browser, site, refused] = await Promise.all([
      launchChromium(executable as string),
      startSite(),
      freePort().then((port) => `http://127.0.0.1:${port}`),
    ]);
    page = await browser.newPage();
    await page.goto(site.page);
    await page.waitForFunction(() => 'tryFetch' in globalThis);
    devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  const tried = (attempt: Attempt): Promise<Seen> => {
    const url = attempt.url.startsWith('/')
      ? site.service + attempt.url
      : attempt.url.replace('http://refused', refused);
    return page.evaluate((given) => (globalThis as unknown as InPage).tryFetch(given), { ...attempt, url });
  };

  /** Takes the network away by the devtools protocol, as its switch in the browser does. */
  async function offline(isOffline: boolean): Promise<void> {
    const conditions = { offline: isOffline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await devtools.send('Network.emulateNetworkConditions', conditions);
  }

  it('sees what the table says, and the breaker classifies it so', async () => {
    const lines: string[] = [];
    for (const [what, attempt, judged] of rows) {
      const seen = await tried(attempt);
      expect(seen.judged, what).toBe(judged);
      lines.push(`| ${what} | ${seen.saw.replaceAll(site.service, 'http://service.example')} | ${seen.judged} |`);
    }
    await offline(true);
    const seen = await tried({ url: '/answer/200' }).finally(() => offline(false));
    expect(seen.judged).toBe('ignored (offline)');
    lines.push(`| offline, by the devtools protocol | ${seen.saw} | ${seen.judged} |`);
    await expect(`${HEAD}${lines.join('\n')}\n${TAIL}`).toMatchFileSnapshot(DOCUMENT);
  });

  it('probes early when it is online again, if the circuit opened for want of a response', async () => {
    const lose = (url: string) => page.evaluate((given) => (globalThis as unknown as InPage).loseOneCall(given), url);
    expect(await lose(`${site.service}/reset`)).toBe('open');
    await offline(true);
    await offline(false);
    await page.waitForFunction(() => (globalThis as unknown as InPage).unluckyState() === 'half-open');

    expect(await lose(`${site.service}/answer/503`)).toBe('open');
    const before = await page.evaluate(() => (globalThis as unknown as InPage).seenSoFar());
    await offline(true);
    await offline(false);
    await page.waitForFunction((times) => (globalThis as unknown as InPage).seenSoFar().online > times, before.online);
    expect((await page.evaluate(() => (globalThis as unknown as InPage).seenSoFar())).timers).toBe(before.timers);
    expect(await page.evaluate(() => (globalThis as unknown as InPage).unluckyState())).toBe('open');
  });
});

const HEAD = `# What a page sees, and how a breaker classifies it

What a page in Chromium sees of each ending, and how \`breakerFetch()\` classifies it by default. Page and service are two origins.
\`packages/fetch/test/chromium.test.ts\` writes this page and checks it.

| what happened | what the page saw | how it was classified |
|---|---|---|
`;

const TAIL = `
A browser gives the same error for a refused connection, a reset one, a response that CORS hides from the page, and a forbidden
redirect. If your failures may be CORS, ignore endings without a response:
\`classify: (ending) => ('error' in ending ? 'ignored' : undefined)\`.
`;
