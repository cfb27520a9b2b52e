// One call for each of a thousand tenants.
import { circuitBreaker } from '@sap-cloud-sdk/resilience';

let running = 0;
const { setInterval } = globalThis;
globalThis.setInterval = (...all) => {
  running++;
  return setInterval(...all);
};
for (let i = 0; i < 1_000; i++) {
  const context = { uri: 'https://service.test', tenantId: `tenant ${i}` };
  await circuitBreaker()({ context, fn: async () => 'fine' })();
}
console.log(`${running} intervals run, and nothing can stop them`);
