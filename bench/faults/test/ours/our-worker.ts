/** The Worker of the peers' programs with our breaker: made in module scope, opened by the first request. */
import { consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';

let requests = 0;
const breaker = createBreaker({
  name: 'service',
  openWhen: consecutiveFailures(1),
  openFor: fixed(20),
  recover: probes({ permitted: 1 }),
});
const call = (): Promise<string> => (requests === 1 ? Promise.reject(new Error('down')) : Promise.resolve('fine'));

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default {
  async fetch(): Promise<Response> {
    requests++;
    const seen = await breaker.run(call).catch((error: Error) => error.message);
    return new Response(`after ${requests} requests: ${seen}, ${breaker.state}`);
  },
};
