// The handler of the probe never answers. Later the service is fine again.
import { setTimeout as sleep } from 'node:timers/promises';
import breaker from '@fastify/circuit-breaker';
import Fastify from 'fastify';

let made = 0;
let answer = Promise.reject(new Error('down'));
const app = Fastify();
await app.register(breaker, { threshold: 1, resetTimeout: 20, timeout: 20 });
app.get('/', { preHandler: app.circuitBreaker() }, () => ++made && answer);
await app.inject('/');
await sleep(50);
answer = new Promise(() => {});
app.inject('/').then(() => {});
await sleep(50 * 20);
answer = Promise.resolve('fine');
const { statusCode } = await app.inject('/');
console.log(`${made - 1} probe was made; 50 times its open time and its timeout later the caller gets ${statusCode}`);
process.exit();
