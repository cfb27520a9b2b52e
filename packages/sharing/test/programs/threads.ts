import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { localBus } from '../../src/index.ts';
import { startClient } from './client.ts';

// `node threads.ts URL COUNT`: as many threads, each a client. What they say goes to the standard output.

if (isMainThread) {
  const [url = '', count = '8'] = process.argv.slice(2);
  for (let client = 0; client < Number(count); client++) {
    new Worker(new URL(import.meta.url), { workerData: { client, url } });
  }
} else {
  const { client, url } = workerData as { client: number; url: string };
  startClient(client, url, localBus(), (said) => console.log(JSON.stringify(said)));
}
