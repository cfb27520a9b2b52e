import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chromiumOrSkip, findChromium, launchChromium } from '../servers/chromium/index.ts';

const executable = await chromiumOrSkip();

describe.skipIf(!executable)('a Chromium that was found', () => {
  it('runs a page and says which browser it is', async () => {
    const browser = await launchChromium(executable as string);
    try {
      const page = await browser.newPage();
      expect(await page.evaluate('navigator.userAgent')).toMatch(/Chrome\/\d+/);
    } finally {
      await browser.close();
    }
  });
});

describe('a machine whose browser does not start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchgear-'));
  const broken = join(folder, 'chromium');
  writeFileSync(broken, '#!/bin/sh\necho "libnss3.so: cannot open shared object file" >&2\nexit 127\n');
  chmodSync(broken, 0o755);
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fails under CI and is told why, and skips aloud elsewhere', async () => {
    vi.stubEnv('CHROMIUM_PATH', broken);
    expect(await findChromium()).toEqual({ missing: expect.stringContaining('libnss3.so') });
    vi.stubEnv('CI', 'true');
    await expect(chromiumOrSkip()).rejects.toThrow('libnss3.so');
    vi.stubEnv('CI', '');
    const warn = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await chromiumOrSkip()).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SKIPPED'));
  });
});
