// A probe is under way when an action begun before the outage succeeds.
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceBroker } from 'moleculer';

const answers = [];
const slow = () => new Promise((resolve) => answers.push(resolve));
const handler = ({ params }) => (params.down ? Promise.reject(new Error('down')) : slow());
const circuitBreaker = { enabled: true, minRequestCount: 1, halfOpenTime: 40, check: () => true };
const broker = new ServiceBroker({ logger: false, circuitBreaker });
broker.createService({ name: 'service', actions: { call: handler } });
await broker.start();
const late = broker.call('service.call', {});
await broker.call('service.call', { down: true }).catch(() => {});
await sleep(60);
broker.call('service.call', {}).catch(() => {});
answers[0]('from before the outage');
await late;
console.log(`the probe has not answered, and the circuit is ${[...broker.CircuitBreakerStore.values()][0].state}`);
process.exit();
