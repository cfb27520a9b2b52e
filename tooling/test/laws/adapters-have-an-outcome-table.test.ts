import { describe, expect, it } from 'vitest';
import { adaptersHaveAnOutcomeTable } from '../../src/laws/adapters-have-an-outcome-table.ts';
import { brokenBy, manifest } from './broken-by.ts';

const kit = `import { guard } from '@switchgear/core/adapter';`;

function host(
  files: Readonly<Record<string, string>>,
  fields: object = { peerDependencies: { host: '1' } },
  name = 'host',
) {
  const inFolder = Object.entries(files).map(([path, text]) => [`packages/${name}/${path}`, text]);
  const described = manifest(`@switchgear/${name}`, { ...fields });
  return brokenBy(adaptersHaveAnOutcomeTable, {
    [`packages/${name}/package.json`]: described,
    ...Object.fromEntries(inFolder),
  });
}

describe('adapters have an outcome table', () => {
  it.each([
    ['no test of outcomes', { 'src/protect.ts': kit }],
    [
      'a test of outcomes without a table',
      { 'src/protect.ts': kit, 'test/outcome.test.ts': `it('a 404 is a success');` },
    ],
    ['a table in another test', { 'src/protect.ts': kit, 'test/protect.test.ts': `it.each([])('%s');` }],
  ])('%s: broken', (_case, files) => {
    expect(host(files)).toEqual([expect.stringContaining('packages/host has no test/outcome.test.ts')]);
  });

  it('an adapter of what the platform brings has no peer, and needs the table too', () => {
    expect(host({ 'src/outcome.ts': '' }, {})).toHaveLength(1);
  });

  it.each([
    ['a table of endings', { 'src/protect.ts': kit, 'test/unit/outcome.test.ts': `it.each<[string]>([])('%s');` }],
    ['a package that does not use the kit', { 'src/store.ts': '' }],
  ])('%s: kept', (_case, files) => {
    expect(host(files)).toEqual([]);
  });

  it('a package that classifies nothing is named with its reason, as long as it would need a table', () => {
    expect(host({ 'src/index.ts': kit }, { peerDependencies: { hono: '1' } }, 'dashboard')).toEqual([]);
    expect(host({ 'src/index.ts': '' }, {}, 'dashboard')).toEqual([
      'packages/dashboard is not an adapter: remove it from classifiesNothing',
    ]);
  });
});
