import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A runtime that can serve the app, and the command that makes it. */
export interface Runtime {
  readonly name: 'workerd' | 'deno' | 'bun';
  readonly program: string;
  readonly args: readonly string[];
}

const CONDITIONS = '--conditions=@switchgear/source';

/** The programs themselves and not the scripts in `.bin`, which would stand between us and them. */
export const runtimes: readonly Runtime[] = [
  { name: 'workerd', program: process.execPath, args: [CONDITIONS, source('demo/worker-host.ts')] },
  {
    name: 'deno',
    program: packaged('deno', 'deno'),
    args: [
      ...['run', '--no-prompt', '--no-config', '--no-lock', '--node-modules-dir=manual', CONDITIONS],
      // All that the app may do: serve and ask on loopback, and read its settings.
      ...['--allow-net=127.0.0.1', '--allow-env=HOST,PORT,PRICES,REVIEWS'],
      source('deno.ts'),
    ],
  },
  { name: 'bun', program: packaged('bun', 'bin/bun.exe'), args: ['run', '--no-install', CONDITIONS, source('bun.ts')] },
];

function source(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

function packaged(name: string, file: string): string {
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', file);
}
