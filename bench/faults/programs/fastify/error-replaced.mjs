// The handler fails for the first time, with an answer of its own.
import breaker from '@fastify/circuit-breaker';
import Fastify from 'fastify';

const app = Fastify();
await app.register(breaker, { threshold: 1 });
app.get('/', { preHandler: app.circuitBreaker() }, (_request, reply) => reply.code(500).send({ message: 'disk full' }));
const reply = await app.inject('/');
console.log(`the handler said 500 "disk full"; its caller got ${reply.statusCode} "${reply.json().message}"`);
process.exit();
