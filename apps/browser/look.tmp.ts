import { chromiumOrSkip, launchChromium } from '@switchgear/testkit/chromium';
import { startDemo } from './src/demo/start-demo.ts';

const [, , scheme = 'light', width = '1300', out = '/tmp/pg'] = process.argv;
await using demo = await startDemo(0);
const browser = await launchChromium((await chromiumOrSkip()) as string);
const context = await browser.newContext({
  viewport: { width: Number(width), height: 850 },
  colorScheme: scheme as 'light',
  reducedMotion: 'reduce',
});
const page = await context.newPage();
page.on('console', (m) => console.log('console:', m.text()));
page.on('pageerror', (e) => console.log('ERROR', e));
await page.goto(demo.pageUrl);
await page.locator('.tile[data-shows=fresh]').first().waitFor();
await page.waitForTimeout(1500);
await page.screenshot({ path: `${out}/map-${scheme}-${width}.png` });
await page.getByRole('button', { name: 'Down' }).click();
await page.getByRole('button', { name: 'Step 10 s' }).click();
await page.getByRole('button', { name: 'Well' }).click();
await page.getByRole('button', { name: 'Step 10 s' }).click();
await page.getByRole('button', { name: 'Slow' }).click();
await page.getByRole('button', { name: 'Step 10 s' }).click();
await page.getByRole('button', { name: 'Well' }).click();
for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Step 1 s', exact: true }).click();
await page.locator('#playground').scrollIntoViewIfNeeded();
await page.screenshot({ path: `${out}/all-${scheme}-${width}.png`, fullPage: true });
await browser.close();
process.exit(0);
