import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const CACHE = join(HERE, '../../.cache/decorators');

/** How TypeScript compiles decorators: by the standard, or as it did before there was one. */
export const modes = ['the standard', 'experimentalDecorators'] as const;

const FLAGS = {
  'the standard': [],
  experimentalDecorators: ['--experimentalDecorators', '--emitDecoratorMetadata'],
} as const;

/** Compiles the services with TypeScript's own compiler and loads them. */
export async function servicesBy(mode: (typeof modes)[number]): Promise<typeof import('./fixtures/services.ts')> {
  const outDir = join(CACHE, mode.replaceAll(' ', '-'));
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  // What it imports is neither read nor checked here: `tsc -b` does that, in both modes.
  const alone = [
    '--ignoreConfig',
    '--noResolve',
    '--noCheck',
    '--target',
    'es2022',
    '--module',
    'esnext',
    '--rootDir',
    HERE,
  ];
  const file = join(HERE, 'fixtures/services.ts');
  execFileSync(process.execPath, [tsc, ...alone, ...FLAGS[mode], '--outDir', outDir, file], { stdio: 'pipe' });
  return await import(/* @vite-ignore */ join(outDir, 'fixtures/services.js'));
}
