import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { circuitErrors } from '@switchgear/express';
import express from 'express';
import Koa from 'koa';

async function statusesOf(handler) {
  const server = createServer(handler);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await fetch(`http://127.0.0.1:${server.address().port}/`)).status);
  server.close();
  server.closeAllConnections();
  return statuses;
}

let reached = 0;
const app = express().set('env', 'test');
// The function itself, as people know it of other middleware.
const circuitbreaker = createRequire(`${process.cwd()}/story.js`)('@switchgear/express');
app.use('/', circuitbreaker({ threshold: 2, timeout: 30000, fallback: (_req, res) => res.status(203).end() }));
app.get('/', (_req, res) => res.status(++reached === 1 ? 200 : 500).end());
app.use(circuitErrors());
assert.deepEqual(await statusesOf(app), [200, 500, 500, 203]);
assert.equal(reached, 3);

const koa = await import('@switchgear/express/koa');
const isolated = koa.createBreaker({ name: 'alone' });
isolated.setMode('isolated');
const other = new Koa().use(koa.circuitBreaker({ breaker: isolated }));
assert.deepEqual(await statusesOf(other.callback()), [503, 503, 503, 503]);

console.log('story told');
