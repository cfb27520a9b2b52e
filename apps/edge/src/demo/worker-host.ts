/** Serves the Worker with the real workerd. Its variables come from the environment, and it ends when it is told to. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

const bundled = await build({
  entryPoints: [fileURLToPath(new URL('../worker.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  // As Wrangler bundles, but from the sources of our packages.
  conditions: ['@switchgear/source', 'workerd', 'worker', 'browser'],
  tsconfigRaw: {},
});

const miniflare = new Miniflare({
  modules: true,
  script: bundled.outputFiles[0]?.text ?? '',
  compatibilityDate: '2026-05-01',
  bindings: { PRICES: process.env['PRICES'] ?? '', REVIEWS: process.env['REVIEWS'] ?? '' },
  cf: false,
  host: '127.0.0.1',
  port: Number(process.env['PORT'] ?? 8787),
});
process.once('SIGTERM', async () => {
  await miniflare.dispose();
  process.exit();
});
console.log(`listening on ${(await miniflare.ready).origin}`);
