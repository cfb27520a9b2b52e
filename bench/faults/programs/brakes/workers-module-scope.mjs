// A breaker made where the module begins, so that all requests share it.
import Brakes from 'brakes';

const breaker = new Brakes(async () => 'fine');

export default {
  fetch: async () => new Response(await breaker.exec()),
};
