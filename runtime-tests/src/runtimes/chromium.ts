import { findChromium, launchChromium } from '@switchgear/testkit/chromium';
import type { Report } from '../inside/report.ts';
import { allSpecs } from '../specs/all-specs.ts';
import type { Surroundings } from '../specs/kit/capability.ts';
import { CAPABILITIES } from '../specs/kit/capability.ts';
import { bundle } from './bundle.ts';
import { NotAvailable, type Runtime } from './runtime.ts';
import { startSpecServer } from './spec-server.ts';

/** A page with an origin of its own, so that requests of the specs are cross-origin, as in production. */
export const chromium: Runtime = {
  name: 'chromium',
  specs: allSpecs,
  has: CAPABILITIES.filter((each) => each !== 'asyncContext'),
  async run(around) {
    const found = await findChromium();
    if ('missing' in found) throw new NotAvailable(found.missing);
    const script = await bundle('page', { platform: 'browser' });
    const fellow = await bundle('fellow-page', { platform: 'browser' });
    const home = await startSpecServer({
      '/': '<script type="module" src="/page.js"></script>',
      '/page.js': script,
      '/fellow': '<script type="module" src="/fellow.js"></script>',
      '/fellow.js': fellow,
    });
    const browser = await launchChromium(found.executable);
    try {
      const page = await browser.newPage();
      await page.goto(home.around.server, { waitUntil: 'load' });
      return await page.evaluate(
        (surroundings) =>
          (globalThis as unknown as { runAllSpecs(around: Surroundings): Promise<Report> }).runAllSpecs(surroundings),
        around,
      );
    } finally {
      await browser.close();
      await home.close();
    }
  },
};
