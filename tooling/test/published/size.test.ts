import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gzipBytes } from '../../src/published/size.ts';

const folder = mkdtempSync(join(tmpdir(), 'size-'));
const noise = Array.from({ length: 500 }, (_, i) => (i * 7919) % 1009).join();
writeFileSync(join(folder, 'x.js'), `export const small = 1; export const large = () => '${noise}'; import 'host';`);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the size of an import', () => {
  it('counts what is used and nothing else', async () => {
    const small = await gzipBytes(`{ small } from './x.js'`, folder, ['host']);
    const large = await gzipBytes(`{ large } from './x.js'`, folder, ['host']);
    expect(small).toBeLessThan(150);
    expect(large).toBeGreaterThan(500);
  });

  it('an adapter measured without core is not kept alive whole by the names it passes on', async () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/index.js'), `export * from "core";\nexport { small, large } from '../x.js';`);
    const measure = (name: string) => gzipBytes(`{ ${name} } from './dist/index.js'`, folder, ['host', 'core']);
    expect(await measure('small')).toBeLessThan(150);
    expect(await measure('large')).toBeGreaterThan(500);
  });

  it('an import that cannot be resolved is an error, not a small size', async () => {
    await expect(gzipBytes(`{ small } from './gone.js'`, folder)).rejects.toThrow('gone.js');
  });
});
