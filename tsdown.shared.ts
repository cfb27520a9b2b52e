import type { UserConfig } from 'tsdown';

/**
 * One bundled file for each entry point: a tree of small files costs 10 ms to import. Entries are bundled apart, for
 * bundled together they would share a third file. Declarations come from `tsc -b`, so tsdown writes none and must not
 * clean them away. Whatever comes from another package stays an import.
 */
export function bundle(entries: Record<string, string> = { index: 'src/index.ts' }): UserConfig[] {
  return Object.entries(entries).map(([name, source]) => ({
    entry: { [name]: source },
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    outExtensions: () => ({ js: '.js' }),
    deps: { neverBundle: true },
    // Editors read doc comments from the declarations; bundlers need the annotations.
    outputOptions: { comments: { jsdoc: false, legal: true, annotation: true } },
    sourcemap: true,
    clean: false,
    dts: false,
    report: false,
    logLevel: 'warn',
  }));
}
