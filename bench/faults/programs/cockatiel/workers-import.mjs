// A policy shared by all requests.
import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 20, breaker: new ConsecutiveBreaker(1) });

export default {
  fetch: async () => new Response(await breaker.execute(async () => 'fine')),
};
