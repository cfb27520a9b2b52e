import { defineConfig, type UserConfig } from 'tsdown';

/**
 * One bundled file for each entry point: a tree of small files costs 10 ms to import.
 * Declarations come from `tsc -b`, so tsdown writes none and must not clean them away.
 * Dependencies and peers stay imports, as tsdown does by default.
 */
export function bundle(entry: Record<string, string> = { index: 'src/index.ts' }): UserConfig {
  return defineConfig({
    entry,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    outExtensions: () => ({ js: '.js' }),
    sourcemap: true,
    clean: false,
    dts: false,
    report: false,
    logLevel: 'warn',
  }) as UserConfig;
}
