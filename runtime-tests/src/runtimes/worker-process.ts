/**
 * Serves one entry of `src/inside` as a Worker, in the real workerd, until the parent process ends. workerd would outlive
 * a parent that is killed.
 */
import { Miniflare } from 'miniflare';
import { bundle } from './bundle.ts';

const [entry = ''] = process.argv.slice(2);
const miniflare = new Miniflare({
  name: 'spec',
  modules: true,
  // As Wrangler bundles Workers.
  script: await bundle(entry, {
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:async_hooks'],
  }),
  // Itself, as another Worker would be bound.
  serviceBindings: entry === 'edge-worker' ? { OTHER: 'spec', RPC: { name: 'spec', entrypoint: 'Other' } } : {},
  compatibilityDate: '2026-05-01',
  // AsyncLocalStorage, and nothing else of Node's.
  compatibilityFlags: ['nodejs_als'],
  cf: false,
  host: '127.0.0.1',
  port: 0,
});
process.once('disconnect', async () => {
  await miniflare.dispose();
  process.exit();
});
process.send?.((await miniflare.ready).origin);
