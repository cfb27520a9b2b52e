// A function wrapped where the module begins, so that all requests share its circuit.
import { result, withCircuitBreaker } from '@daisugi/kintsugi';

const call = withCircuitBreaker(async () => result.ok('fine'));

export default {
  fetch: async () => new Response((await call()).value),
};
