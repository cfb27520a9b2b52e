// A request begun before the outage is answered while the circuit is open, long before its open time has elapsed.
import { setTimeout as sleep } from 'node:timers/promises';
import breaker from '@fastify/circuit-breaker';
import Fastify from 'fastify';

const made = [];
const app = Fastify();
await app.register(breaker, { threshold: 1, resetTimeout: 60_000 });
const handler = ({ query }) => new Promise((resolve, reject) => made.push(query.slow ? resolve : reject(new Error())));
app.get('/', { preHandler: app.circuitBreaker() }, handler);
const late = app.inject('/?slow=1').then((reply) => reply);
await sleep(50);
for (let i = 0; i < 3; i++) await app.inject('/');
const before = made.length;
made[0]('from before the outage');
await late;
await app.inject('/');
console.log(
  `open for 60 s after ${before - 1} failure, and a moment later ${made.length - before} more call gets through`,
);
process.exit();
