import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openMap } from './setup/open-map.ts';
import { takePicture } from './setup/take-picture.ts';
import { violations } from './setup/violations.ts';

const executable = await chromiumOrSkip();
const PATIENCE = { timeout: 15_000, interval: 25 };

// Two tests at a time, when nothing else runs: a page whose machine has no time for it sees tiles come slowly, and its circuit
// opens.
describe.skipIf(!executable).concurrent('the map', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(executable as string);
  });
  afterAll(() => browser?.close());

  it('shows old copies and leaves the server alone while the circuit is open, and recovers by 5, 25 and 100 %', async ({
    expect,
  }) => {
    await using map = await openMap(browser, {});
    await expect.poll(() => map.tiles('fresh'), PATIENCE).toBeGreaterThan(11);
    expect(await map.shows('closed')).toContain('No problems');
    await expect.poll(async () => (await map.figure('reached')) > 20, PATIENCE).toBe(true);
    expect(await violations(map.page, '.first-screen')).toEqual([]);
    await takePicture(map.page, 'browser-closed');

    await map.order('fail');
    const opened = await map.shows('open');
    const reached = map.reached();
    expect(opened).toMatch(/\d+ of \d+ calls failed \([\d.]+ %, the limit is 50 %\)\./);
    // The page's own wait is 3 s at most: this is the server's Retry-After, which crosses origins only if exposed.
    expect(opened).toMatch(/Next attempt in [45] s/);
    await expect.poll(() => map.tiles('fresh'), PATIENCE).toBe(0);
    expect(await map.tiles('old')).toBeGreaterThan(11);
    expect(await map.page.locator('.tile-badge').allInnerTexts()).toContainEqual(expect.stringMatching(/^\d+ s old$/));
    await takePicture(map.page, 'browser-open');

    await map.order('work');
    const spared = await map.figure('refused');
    await expect.poll(() => map.figure('refused'), PATIENCE).toBeGreaterThan(spared + 3);
    const stillReached = map.reached();
    expect(await map.state()).toBe('open');
    expect(stillReached, 'requests that reached the server since the circuit opened').toBe(reached);
    expect(await map.figure('reached')).toBe(reached);

    const stages = await map.watchStages();
    expect(await map.shows('half-open')).toContain('of the tiles are requested.');
    await expect.poll(stages, PATIENCE).toContain('25 %');
    expect(await violations(map.page, '.first-screen')).toEqual([]);
    await takePicture(map.page, 'browser-half-open');
    expect(await map.shows('closed')).toMatch(/(?:1 probe|(\d+) of \1 probes) succeeded\./);
    expect(await stages()).toEqual(['5 %', '25 %', '100 %']);
    await expect.poll(() => map.tiles('old'), PATIENCE).toBe(0);
    expect(map.reached()).toBeGreaterThan(reached);
    const history = await map.page
      .locator('.history li')
      .evaluateAll((lines) => lines.map((line) => line.dataset['state']));
    expect(history).toEqual(['closed', 'half-open', 'open']);
  });

  it('opens when tiles hang, while its buttons go on working, and finds copies of tiles that had left the map', async ({
    expect,
  }) => {
    await using map = await openMap(browser, { width: 400, height: 900, colorScheme: 'dark' });
    await expect.poll(() => map.tiles('waiting'), PATIENCE).toBe(0);
    const seen = await map.tiles('fresh');
    await map.order('hang');
    // What hangs is given up after two seconds, so all that failed is slow too, and slowness is judged first.
    expect(await map.shows('open')).toMatch(/\d+ of \d+ calls took 1 s or longer \([\d.]+ %, the limit is 50 %\)\./);
    await map.page.locator('.server').getByText('Is slow').click();
    await expect.poll(() => map.page.locator('input[value=slow]').isChecked()).toBe(true);
    await map.order('hang');
    expect(await violations(map.page, '.first-screen')).toEqual([]);

    await map.page.locator('#map').focus();
    const move = (key: string) => map.page.keyboard.press(`Shift+${key}`);
    await expect.poll(() => move('ArrowRight').then(() => map.tiles('old')), PATIENCE).toBe(0);
    await expect.poll(() => map.page.locator('.tile-badge').allInnerTexts(), PATIENCE).toContain('no copy');
    await expect.poll(() => move('ArrowLeft').then(() => map.tiles('old')), PATIENCE).toBeGreaterThan(seen / 2);
  });

  it('being offline is no outage: nothing opens, copies are shown, and the tiles are back with the network', async ({
    expect,
  }) => {
    await using map = await openMap(browser, {});
    // On a busy machine a tile may be given up at first; it is asked for again, and has a copy then.
    const missing = async () => (await map.tiles('waiting')) + (await map.tiles('nothing'));
    await expect.poll(missing, PATIENCE).toBe(0);
    const seen = await map.tiles('fresh');
    await map.page.context().setOffline(true);
    await map.page.getByText('You are offline.').waitFor();
    expect(await violations(map.page, '.first-screen')).toEqual([]);
    await expect.poll(() => map.tiles('old'), PATIENCE).toBe(seen);
    // Thirty tiles have been asked for meanwhile, far more than would open the circuit.
    const youngest = async () => {
      const badges = await map.page.locator('.tile-badge').allInnerTexts();
      return Math.min(...badges.map((age) => Number.parseInt(age, 10)));
    };
    await expect.poll(youngest, PATIENCE).toBeGreaterThan(3);
    expect(await map.shows('closed')).toContain('No problems');

    await map.page.context().setOffline(false);
    await expect.poll(() => map.tiles('fresh'), PATIENCE).toBe(seen);
    expect(await map.page.getByText('You are offline.').count()).toBe(0);
    expect(await map.shows('closed')).toContain('No problems');
    expect(await map.figure('refused')).toBe(0);
  });

  it('opens when tiles come slowly, and finds its copies again when it is opened anew', async ({ expect }) => {
    await using map = await openMap(browser, { colorScheme: 'dark' });
    await expect.poll(() => map.tiles('waiting'), PATIENCE).toBe(0);
    await map.order('slow');
    expect(await map.shows('open')).toMatch(/calls took 1 s or longer/);
    expect(await violations(map.page, '.first-screen')).toEqual([]);

    await map.order('fail');
    await map.page.reload();
    await expect.poll(() => map.tiles('old'), PATIENCE).toBeGreaterThan(11);
    expect(await map.tiles('nothing')).toBe(0);
    expect(await map.page.locator('input[value=fail]').isChecked()).toBe(true);
  });
});
