import { findChromium } from './find-chromium.ts';

/**
 * The executable of a Chromium for tests, or `undefined` where there is none and the tests are to be skipped.
 *
 * @throws {Error} when there is none and `CI` is set: a test that did not run has not passed
 */
export async function chromiumOrSkip(): Promise<string | undefined> {
  const found = await findChromium();
  if ('executable' in found) return found.executable;
  const message = `No browser for the browser tests: ${found.missing}`;
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** SKIPPED. ${message}\n*** Install Chromium, or set CHROMIUM_PATH.\n\n`);
  return undefined;
}
