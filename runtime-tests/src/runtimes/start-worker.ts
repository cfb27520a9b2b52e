import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A Worker in the real workerd, on a free loopback port. Dispose of it when done. */
export interface Worker extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly url: string;
}

/**
 * Starts an entry of `src/inside` as a Worker.
 *
 * @throws {Error} when it does not start; workerd has said why
 */
export async function startWorker(entry: string): Promise<Worker> {
  const host = fork(fileURLToPath(new URL('./worker-process.ts', import.meta.url)), [entry]);
  const ended = once(host, 'exit');
  const [url] = await Promise.race([
    once(host, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`the Worker ${entry} ended with ${code} before it listened`))),
  ]);
  return {
    url,
    async [Symbol.asyncDispose]() {
      host.disconnect();
      await ended;
    },
  };
}
