// Ten users leave the page before the service, which is well, has answered.
import { circuitBreaker } from '@sap-cloud-sdk/resilience';
import { CanceledError } from 'axios';

const call = (fn) => circuitBreaker()({ context: { uri: 'https://service.test' }, fn })();
for (let i = 0; i < 10; i++) await call(() => Promise.reject(new CanceledError())).catch(() => {});
const seen = await call(async () => 'fine').catch((error) => error.message);
console.log(`the service did nothing wrong, and the next caller gets "${seen}"`);
