import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundlePage } from '../bundle/bundle-page.ts';
import { BUNDLED, moduleOf } from '../bundle/module-of.ts';

describe('the page that the package carries', () => {
  it('is what its sources make (pnpm --filter @switchgear/dashboard run page)', async () => {
    // Said as a yes or no: nobody wants to read two bundles.
    expect(readFileSync(BUNDLED, 'utf8') === moduleOf(await bundlePage())).toBe(true);
  });
});
