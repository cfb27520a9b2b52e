// A breaker made where the module begins, so that all requests share it.
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker(async () => 'fine');

export default {
  fetch: async () => new Response(await breaker.fire()),
};
