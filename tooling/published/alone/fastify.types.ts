/// <reference types="node" />
import { circuitBreakers, circuitErrors } from '@switchgear/fastify';
import Fastify from 'fastify';

export const app = Fastify();
app.register(circuitBreakers);
app.setErrorHandler(circuitErrors());
app.get('/orders', { config: { breaker: 'orders' } }, async () => app.breakers.size);
