import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundlePage } from '../bundle/bundle-page.ts';
import { BUNDLED, moduleOf, NOTICES } from '../bundle/module-of.ts';

describe('the page that the package carries', () => {
  const made = bundlePage();

  it('is what its sources make (pnpm --filter @switchgear/dashboard run page)', async () => {
    // Compared as a boolean, because a diff of two bundles is unreadable.
    expect(readFileSync(BUNDLED, 'utf8') === moduleOf(await made)).toBe(true);
  });

  it('comes with the licence of each library in it', async () => {
    expect(readFileSync(NOTICES, 'utf8')).toBe((await made).notices);
  });
});
