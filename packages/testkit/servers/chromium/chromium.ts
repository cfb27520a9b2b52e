import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { packagedChromium } from './packaged-chromium.ts';

/** A Chromium that starts on this machine, or the reason why there is none. */
export type Chromium = { readonly executable: string; readonly version: string } | { readonly missing: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Looks for a Chromium: `CHROMIUM_PATH` if that is set, then an installed one, then the one in the package
 * `@sparticuz/chromium`, which is for Linux on x86-64. Each is asked for its version, because a
 * browser whose libraries are missing does not start.
 */
export async function findChromium(): Promise<Chromium> {
  const own = process.env['CHROMIUM_PATH'];
  if (own) return ask(own);
  let found: Chromium = { missing: 'no Chromium is installed' };
  for (const executable of installed()) {
    found = await ask(executable);
    if ('executable' in found) return found;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') return found;
  return ask(await packagedChromium());
}

function installed(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC_APPLICATIONS].filter(runs);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function ask(executable: string): Promise<Chromium> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version', '--no-sandbox'], { timeout: 10_000 });
    return { executable, version: stdout.trim() };
  } catch (error) {
    return { missing: `${executable} does not start: ${error instanceof Error ? error.message.trim() : error}` };
  }
}

/**
 * The executable of a Chromium for tests, or `undefined` if there is none and the tests have to be skipped.
 *
 * @throws {Error} if there is none and `CI` is set, because a skipped test has not passed
 */
export async function chromiumOrSkip(): Promise<string | undefined> {
  const found = await findChromium();
  if ('executable' in found) return found.executable;
  const message = `No browser for the browser tests: ${found.missing}`;
  if (process.env['CI']) throw new Error(message);
  process.stderr.write(`\n*** SKIPPED. ${message}\n*** Install Chromium, or set CHROMIUM_PATH.\n\n`);
  return undefined;
}

/** What a browser needs to run as root and in containers, and to leave the network alone but for our pages. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync', '--disable-dev-shm-usage'];

/** Starts a headless Chromium, driven by Playwright. Close it when done; it ends with this process all the same. */
export function launchChromium(executable: string): Promise<Browser> {
  return chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
}
