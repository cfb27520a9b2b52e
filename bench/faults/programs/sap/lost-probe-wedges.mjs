// Ten failures open the circuit for 30 s; the probe never settles. An hour later the service is fine again.
import { mock } from 'node:test';
import { circuitBreaker } from '@sap-cloud-sdk/resilience';

mock.timers.enable();
const context = { uri: 'https://service.test' };
const call = (fn) => circuitBreaker()({ context, fn })();
for (let i = 0; i < 10; i++) await call(() => Promise.reject(new Error('down'))).catch(() => {});
mock.timers.tick(31_000);
let probes = 0;
call(() => new Promise(() => probes++));
mock.timers.tick(3_600_000);
const seen = await call(async () => 'fine').catch((error) => error.message);
console.log(`${probes} probe was made; an hour later the service is fine, and the caller gets "${seen}"`);
