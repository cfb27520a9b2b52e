import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundlePage } from '../bundle/bundle-page.ts';
import { BUNDLED, moduleOf } from '../bundle/module-of.ts';

describe('the page that the package carries', () => {
  it('is what its sources make (pnpm --filter @switchgear/dashboard run page)', async () => {
    // Compared as a boolean, because a diff of two bundles is unreadable.
    expect(readFileSync(BUNDLED, 'utf8') === moduleOf(await bundlePage())).toBe(true);
  });
});
