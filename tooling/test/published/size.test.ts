import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../src/published/size.ts';

const folder = mkdtempSync(join(tmpdir(), 'size-'));
const noise = Array.from({ length: 500 }, (_, i) => (i * 7919) % 1009).join();
writeFileSync(join(folder, 'x.js'), `export const small = 1; export const large = () => '${noise}'; import 'host';`);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the size of an import', () => {
  it('counts only what is used', async () => {
    const small = await bundleOf(`{ small } from './x.js'`, folder, { hosts: ['host'] });
    const large = await bundleOf(`{ large } from './x.js'`, folder, { hosts: ['host'] });
    expect(small.gzip).toBeLessThan(150);
    expect(large.gzip).toBeGreaterThan(500);
  });

  it('of all names of an entry point counts every one', async () => {
    expect((await bundleOf(`* as all from './x.js'`, folder, { hosts: ['host'] })).gzip).toBeGreaterThan(500);
  });

  it('an adapter measured without core does not count the names it re-exports', async () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/index.js'), `export * from "core";\nexport { small, large } from '../x.js';`);
    const hosts = ['host', 'core'];
    const measure = (name: string) => bundleOf(`{ ${name} } from './dist/index.js'`, folder, { hosts });
    expect((await measure('small')).gzip).toBeLessThan(150);
    expect((await measure('large')).gzip).toBeGreaterThan(500);
  });

  it('an import that cannot be resolved is an error, not a small size', async () => {
    await expect(bundleOf(`{ small } from './gone.js'`, folder)).rejects.toThrow('gone.js');
  });
});
