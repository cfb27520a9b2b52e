import { join } from 'node:path';
import { root } from '../repository/read-repository.ts';
import type { Budget } from './budget.ts';

/** The page that says how large each import is. */
export const SIZE_PAGE: string = join(root, 'docs/size.md');

/** The page for these limits. Each lies 5 % above what was measured. */
export function sizePage(budgets: readonly Budget[]): string {
  const rows = budgets.map(({ what, import: imported, limit }) => {
    const names = imported.replace(/\{ ((?:\w+, ){2})[^}]{30,}\}/, '{ $1… }');
    const written = imported.startsWith('require(') ? imported : `import ${names}`;
    return `| ${what} | \`${written}\` | ${(limit / 1.05 / 1_000).toFixed(1)} kB |`;
  });
  return `# Size of each import

<!-- Written by \`pnpm size:approve\` from tooling/size-budget.json. -->

What a browser downloads: bundled and minified by esbuild, compressed by gzip, without the host (axios, Hono, pg). Every test run
measures it again and fails if one has grown by over 5 %.

| what | you write | gzip |
|---|---|---:|
${rows.join('\n')}

- Bundlers drop what you do not import. What each rule, window, wait and recovery adds to a breaker is in
  [\`packages/core/sizes.txt\`](../packages/core/sizes.txt).
- A breaker with defaults brings adaptive mode. With plugs of your own, [\`@switchgear/core/plain\`](../packages/core/README.md#without-default-plugs)
  leaves it out.
- cockatiel and opossum are smaller: [measured in the same way](benchmarks.md#bytes-to-download).
- On a server size is import time: [measured beside others](benchmarks.md#importing).
`;
}
