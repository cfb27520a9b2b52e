import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** The folder of bundles, inside this package, so that their imports resolve in its `node_modules`. */
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

/**
 * Bundles only the specs; the runtime resolves what they import, or require. Returns the path of the bundle.
 */
export async function bundleSpecsAlone(entry: string, load: 'import' | 'require' = 'import'): Promise<string> {
  const [outfile, format] = load === 'import' ? [`${entry}.js`, 'esm' as const] : [`${entry}.cjs`, 'cjs' as const];
  await build(settings(entry, { packages: 'external', outfile: CACHE + outfile, format }));
  return CACHE + outfile;
}

function settings(entry: string, options: BuildOptions): BuildOptions {
  return {
    entryPoints: [fileURLToPath(new URL(`../inside/${entry}.ts`, import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    logLevel: 'error',
    // Otherwise esbuild would take the source condition from ours.
    tsconfigRaw: {},
    ...options,
    // Specs import it at run time, to find out whether it exists.
    external: ['node:async_hooks', ...(options.external ?? [])],
  };
}
