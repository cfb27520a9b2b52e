import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Ours alone: in the folder that all users of a machine share, the package would take a half-written browser for a whole one. */
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** The browser inside the package `@sparticuz/chromium`, unpacked when first asked for. Resolves to its executable. */
export async function packagedChromium(): Promise<string> {
  const home = join(CACHE, 'chromium');
  const executable = join(home, 'chromium');
  if (existsSync(executable)) return executable;
  await mkdir(CACHE, { recursive: true });
  const unpacked = await mkdtemp(join(CACHE, 'unpacking-'));
  try {
    // The package unpacks into the system's temporary folder, wherever that is.
    await promisify(execFile)(process.execPath, [fileURLToPath(new URL('./unpack.ts', import.meta.url))], {
      env: { ...process.env, TMPDIR: unpacked },
    });
    // A folder is renamed atomically, so other processes find all of it or nothing.
    await rename(unpacked, home).catch((error: unknown) => {
      if (!existsSync(executable)) throw error;
    });
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
  return executable;
}
