import { circuitBreaker, circuitErrors, createBreaker, routeOf } from '@switchgear/express';
import express from 'express';

export const app = express();
app.get('/orders', circuitBreaker({ breaker: createBreaker({ name: 'orders' }) }), (req, res) => {
  res.send(routeOf(req));
});
app.use('/short', circuitBreaker({ threshold: 5, timeout: 30_000, fallback: (_req, res) => res.json({}) }));
app.use(circuitErrors());
