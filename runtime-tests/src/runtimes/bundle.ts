import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** Where bundles are written: below this package, so that what they import is found in its `node_modules`. */
export const CACHE: string = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * Bundles an entry of `src/inside` as a bundler of that platform would. The source condition is not among the conditions,
 * so our packages are what `build` made of them.
 */
export async function bundle(entry: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles, metafile } = await build({ ...settings(entry, options), write: false, metafile: true });
  const source = Object.keys(metafile.inputs).find((path) => /\bpackages\/[^/]+\/src\//.test(path));
  if (source) throw new Error(`${source} is a source: users get what build made of it`);
  return outputFiles[0]?.text ?? '';
}

/** Bundles the specs alone: what they import is left to the runtime to find. Gives the file that it wrote. */
export async function bundleSpecsAlone(entry: string): Promise<string> {
  const outfile = `${CACHE}${entry}.js`;
  await build(settings(entry, { packages: 'external', outfile }));
  return outfile;
}

function settings(entry: string, options: BuildOptions): BuildOptions {
  return {
    entryPoints: [fileURLToPath(new URL(`../inside/${entry}.ts`, import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    logLevel: 'error',
    // Else esbuild would read the source condition out of ours.
    tsconfigRaw: {},
    ...options,
    // Imported by the specs where they run, to see whether it is there.
    external: ['node:async_hooks', ...(options.external ?? [])],
  };
}
