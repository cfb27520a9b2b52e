import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from '../../src/repository/read-repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchgear-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a file of 151 lines breaks the limit that Biome checks, wherever it is but among tests; one of 150 keeps it', () => {
  const homes = ['apps/x/src', 'bench/x/src', 'packages/x/page', 'packages/x/src', 'runtime-tests/src', 'tooling/src'];
  for (const home of [...homes, 'packages/x/test', 'packages/x/verify']) {
    mkdirSync(join(folder, home), { recursive: true });
    for (const lines of [150, 151]) writeFileSync(join(folder, home, `${lines}.tsx`), 'f();\n'.repeat(lines));
  }
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  const args = ['lint', '--only=style/noExcessiveLinesPerFile', '--vcs-enabled=false', '--diagnostic-level=error', '.'];
  const { stderr, stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), args, { cwd: folder, encoding: 'utf8' });
  const long = [...(stderr + stdout).matchAll(/^(\S+):1:1 lint\/style\/noExcessiveLinesPerFile/gm)].map(
    (found) => found[1],
  );
  expect(long.toSorted()).toEqual(homes.map((home) => `${home}/151.tsx`));
});
