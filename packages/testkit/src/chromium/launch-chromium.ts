import { type Browser, chromium } from 'playwright-core';

/** What a browser needs to run as root and in containers, and to leave the network alone but for our pages. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync', '--disable-dev-shm-usage'];

/** Starts a headless Chromium, driven by Playwright. Close it when done; it ends with this process all the same. */
export function launchChromium(executable: string): Promise<Browser> {
  return chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
}
