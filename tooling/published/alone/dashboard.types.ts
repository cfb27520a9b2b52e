import { createBreaker } from '@switchgear/core';
import { dashboard, type Impact, impact } from '@switchgear/dashboard';
import { Hono } from 'hono';

const breakers = [createBreaker({ name: 'orders' })];

export const app = new Hono().route(
  '/breakers',
  dashboard(breakers, { authorize: (c) => c.req.header('x-user'), prices: { failedCall: 0.15 } }),
);
export const saved: Impact = impact(breakers, { currency: 'EUR' });
