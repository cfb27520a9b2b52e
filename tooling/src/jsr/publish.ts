/** Publishes to JSR what JSR takes, with the arguments of `deno publish`: `--dry-run` checks everything and sends nothing. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { stage } from './stage.ts';

const deno = join(createRequire(import.meta.url).resolve('deno/package.json'), '../deno');
using staged = stage(readRepository());
const { status } = spawnSync(deno, ['publish', '--no-lock', ...process.argv.slice(2)], {
  cwd: staged.folder,
  env: { ...process.env, DENO_DIR: join(root, 'tooling/.cache/deno'), DENO_NO_UPDATE_CHECK: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
