// A probe is under way when an action begun before the outage succeeds.
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceBroker } from 'moleculer';

const calls = [];
const handler = ({ params }) => new Promise((done, fail) => (params.down ? fail(new Error()) : calls.push(done)));
const circuitBreaker = { enabled: true, minRequestCount: 1, halfOpenTime: 40, check: () => true };
const broker = new ServiceBroker({ logger: false, circuitBreaker });
broker.createService({ name: 'service', actions: { call: handler } });
await broker.start();
const late = broker.call('service.call', {});
await broker.call('service.call', { down: true }).catch(() => {});
await sleep(60);
broker.call('service.call', {}).catch(() => {});
const [circuit] = broker.CircuitBreakerStore.values();
const before = circuit.state;
calls[0]('from before the outage');
await late;
console.log(`${before}, the probe has not answered, and then the circuit is ${circuit.state}`);
process.exit();
