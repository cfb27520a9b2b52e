import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UserConfig } from 'tsdown';

/**
 * Two builds of all entry points, one for `import` and one for `require`. Each entry is one file, because a tree of small
 * files costs 10 ms to import; what several entries of a package use is one more, so that no program gets it twice. Whatever
 * comes from another package stays an import.
 */
export function bundle(entry: Record<string, string> = { index: 'src/index.ts' }): UserConfig[] {
  const esm: UserConfig = {
    entry,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    outExtensions: () => ({ js: '.js' }),
    deps: { neverBundle: true },
    outputOptions: {
      // Editors read doc comments from the declarations; bundlers need the annotations.
      comments: { jsdoc: false, legal: true, annotation: true },
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
    },
    sourcemap: true,
    clean: false,
    // Declarations come from `tsc -b`.
    dts: false,
    report: false,
    logLevel: 'warn',
  };
  const cjs: UserConfig = {
    ...esm,
    format: 'cjs',
    outDir: CJS,
    // ES modules are strict; without the directive, a function called without `this` would see the global object.
    outputOptions: { ...esm.outputOptions, strict: true },
    hooks: { 'build:done': declareForRequire },
  };
  return [esm, cjs];
}

const CJS = 'dist/cjs';

/**
 * The same declarations in a folder that says it is CommonJS: TypeScript takes declarations for what their nearest
 * `package.json` says, and a host such as axios has other types for `require`.
 */
function declareForRequire(): void {
  for (const file of readdirSync('dist', { encoding: 'utf8', recursive: true })) {
    if (file.endsWith('.d.ts') && !file.startsWith('cjs')) cpSync(join('dist', file), join(CJS, file));
  }
  writeFileSync(join(CJS, 'package.json'), '{ "type": "commonjs", "sideEffects": false }\n');
}
