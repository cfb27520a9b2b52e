import assert from 'node:assert/strict';
import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { dashboard } from '@switchgear/dashboard';
import { impact } from '@switchgear/dashboard/impact';
import { serveDashboard } from '@switchgear/dashboard/node';
import { Hono } from 'hono';

const breaker = createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) });
const breakers = [breaker];
const app = new Hono().route('/breakers', dashboard(breakers));
for (let i = 0; i < 5; i++) breaker.tryAcquire()?.settle('failure', 10);

const { rows } = await (await app.request('/breakers/api/breakers')).json();
assert.deepEqual([rows[0].id, rows[0].state], ['alone', 'open']);
assert.match(await (await app.request('/breakers')).text(), /<script type="module" nonce="\w+">.{10000}/s);
// The entry points are files of their own and know of each other's histories all the same.
assert.equal(impact(breakers).figures.callsSpared.low, 3);
const { url, close } = await serveDashboard(breakers);
assert.equal((await fetch(url)).status, 200);
await close();

console.log('story told');
