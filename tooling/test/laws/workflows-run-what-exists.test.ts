import { describe, expect, it } from 'vitest';
import { workflowsRunWhatExists } from '../../src/laws/workflows-run-what-exists.ts';
import { brokenBy } from './broken-by.ts';

const PINNED = `actions/setup-node@${'0'.repeat(40)} # v1.2.3`;

/** What the law finds in a workflow of one job with these steps, in a repository of one package. */
function found(steps: string, job = ''): string[] {
  const broken = brokenBy(workflowsRunWhatExists, {
    'package.json': JSON.stringify({
      homepage: 'https://github.com/us/project',
      packageManager: 'pnpm@12.0.0',
      engines: { node: '>=20' },
      scripts: { build: 'tsc', 'jsr:publish': 'deno' },
    }),
    'packages/core/package.json': JSON.stringify({ name: '@us/core', scripts: { test: 'vitest' } }),
    '.ci/run': '',
    '.github/workflows/ci.yml': `jobs:\n  all:\n    runs-on: x\n${job}    steps:\n${steps}`,
  });
  return broken.map((each) => each.replace('.github/workflows/ci.yml ', ''));
}

describe('workflows run what exists', () => {
  it.each([
    ['a script', '      - run: pnpm build && pnpm run jsr:publish'],
    ['a script of a package', '      - run: pnpm --filter @us/core test'],
    ['an installation', '      - run: npm install --global pnpm@12.0.0\n      - run: pnpm install --frozen-lockfile'],
    ['a file', '      - run: grep x .ci/run | .ci/run'],
    ['a script given to an action', `      - uses: ${PINNED}\n        with:\n          script: pnpm build`],
    ['our oldest Node', `      - uses: ${PINNED}\n        with:\n          node-version: '20.0'`],
  ])('%s: kept', (_case, steps) => {
    expect(found(steps)).toEqual([]);
  });

  it.each([
    ['an unknown script', '      - run: pnpm build && pnpm biuld', 'the root has no script biuld'],
    ['an unknown script of an action', `      - uses: ${PINNED}\n        with: { script: pnpm x }`, 'has no script x'],
    ['a package without the script', '      - run: pnpm --filter @us/core build', '@us/core has no script build'],
    ['an unknown package', '      - run: pnpm --filter @us/cor test', '@us/cor has no script test'],
    ['another pnpm', '      - run: npm install --global pnpm@11.0.0', 'pnpm@11.0.0 is not the pnpm of package.json'],
    ['an unknown program', '      - run: .ci/runs', '.ci/runs does not exist'],
    ['an unknown file', '      - run: node tooling/src/x.mjs', 'tooling/src/x.mjs does not exist'],
    ['an action by its tag', '      - uses: actions/checkout@v6', 'must be pinned by its full commit'],
    ['an action without its version', `      - uses: ${PINNED.split(' #')[0]}`, 'needs its version as a comment'],
    [
      'an older Node',
      `      - uses: ${PINNED}\n        with:\n          node-version: '18.0'`,
      'Node 18.0 is neither 20.0',
    ],
  ])('%s: broken', (_case, steps, what) => {
    expect(found(steps)).toEqual([expect.stringContaining(what)]);
  });

  it('a Node of the matrix that is not ours: broken', () => {
    const matrix = "    strategy: { matrix: { node: ['20.0', '22.1'] } }\n";
    const steps = `      - uses: ${PINNED}\n        with:\n          node-version: \${{ matrix.node }}`;
    expect(found(steps, matrix)).toEqual([expect.stringContaining('Node 22.1 is neither')]);
  });

  it('the name of another project: broken', () => {
    expect(found('      - run: pnpm build', "    if: github.repository == 'us/fork'\n")).toEqual([
      'us/fork is not this project',
    ]);
  });
});
