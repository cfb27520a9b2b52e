import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Where the pictures of the docs go, if they are to be renewed. */
const DOCS = process.env['SCREENSHOTS'];

/** Takes a screenshot of the visible page or of one element, to inspect after a test or for the docs. */
export async function takePicture(what: Page | Locator, name: string): Promise<void> {
  const folder = DOCS ?? '.report/screenshots';
  mkdirSync(folder, { recursive: true });
  const picture = await what.screenshot();
  await writeFile(join(folder, `${name}.png`), DOCS ? await small(picture) : picture);
}

/** The same with 256 colours, a third of the bytes: everybody who clones this repository has the docs. */
async function small(picture: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(picture).png({ palette: true, effort: 10 }).toBuffer();
}
