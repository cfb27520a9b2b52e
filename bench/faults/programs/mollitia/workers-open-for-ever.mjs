// A circuit shared by all requests. It opens for 20 ms; they come a quarter of a second apart.
import { Circuit, SlidingCountBreaker } from 'mollitia';

let requests = 0;
const breaker = new SlidingCountBreaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, openStateDelay: 20 });
const func = () => (requests === 1 ? Promise.reject(new Error('down')) : Promise.resolve('fine'));
const circuit = new Circuit({ func, options: { modules: [breaker] } });

export default {
  async fetch() {
    requests++;
    return new Response(`half a second later: ${await circuit.execute().catch((error) => error.message)}`);
  },
};
