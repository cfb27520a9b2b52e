// A request begun before the outage is still unanswered when the circuit goes half-open. The service is fine again.
import { setTimeout as sleep } from 'node:timers/promises';
import breaker from '@fastify/circuit-breaker';
import Fastify from 'fastify';

let answer = new Promise(() => {});
const app = Fastify();
await app.register(breaker, { threshold: 1, resetTimeout: 20 });
app.get('/', { preHandler: app.circuitBreaker() }, () => answer);
app.inject('/').then(() => {});
await sleep(20);
answer = Promise.reject(new Error('down'));
await app.inject('/');
answer = Promise.resolve('fine');
await sleep(200);
const replies = [await app.inject('/'), await app.inject('/')].map((reply) => reply.statusCode);
console.log(`open for 20 ms; 200 ms later, with no probe under way, callers get ${replies}`);
process.exit();
