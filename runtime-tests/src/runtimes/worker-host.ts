import { Miniflare } from 'miniflare';
import { bundle } from './bundle.ts';

/** A Worker in the real workerd, on a free loopback port. Dispose of it when done. */
export interface WorkerHost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
}

/** Starts an entry of `src/inside` as a Worker, bundled as Wrangler bundles them. */
export async function startWorker(entry: string): Promise<WorkerHost> {
  const script = await bundle(entry, { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] });
  const miniflare = new Miniflare({
    modules: true,
    script,
    compatibilityDate: '2026-05-01',
    cf: false,
    host: '127.0.0.1',
    port: 0,
  });
  const { origin } = await miniflare.ready;
  return { url: origin, [Symbol.asyncDispose]: () => miniflare.dispose() };
}
