// A breaker made in the first request and shared by those after it. It opens for 20 ms; they come a quarter of a second apart.
import CircuitBreaker from 'opossum';

let breaker;
let requests = 0;
const call = () => (requests === 1 ? Promise.reject(new Error('down')) : Promise.resolve('fine'));

export default {
  async fetch() {
    requests++;
    breaker ??= new CircuitBreaker(call, { resetTimeout: 20, timeout: false });
    return new Response(`half a second later: ${await breaker.fire().catch((error) => error.message)}`);
  },
};
