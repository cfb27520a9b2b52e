/** Serves the Worker with the real workerd. Its variables come from the environment, and SIGTERM stops it. */
import { Miniflare } from 'miniflare';
import { bundleWorker } from './bundle-worker.ts';

const miniflare = new Miniflare({
  modules: true,
  script: await bundleWorker(),
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
