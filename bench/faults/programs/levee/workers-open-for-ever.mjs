// A breaker shared by all requests. It opens for 20 ms; they come a quarter of a second apart.
import Levee from 'levee';

let requests = 0;
const service = { execute: (callback) => callback(requests === 1 ? new Error('down') : null, 'fine') };
const breaker = new Levee.Breaker(service, { maxFailures: 1, resetTimeout: 20 });

export default {
  async fetch() {
    requests++;
    const seen = await new Promise((resolve) => breaker.run((error, value) => resolve(error?.message ?? value)));
    return new Response(`half a second later: ${seen}`);
  },
};
