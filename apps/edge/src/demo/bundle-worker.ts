import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The Worker as one script: as Wrangler bundles, but from the sources of our packages. */
export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@switchgear/source', 'workerd', 'worker', 'browser'],
    tsconfigRaw: {},
  });
  return outputFiles[0]?.text ?? '';
}
