import { circuitBreaker, createBreaker } from '@switchgear/hono';
import { Hono } from 'hono';

export const app = new Hono().use(circuitBreaker({ breaker: createBreaker({ name: 'orders' }) }));
