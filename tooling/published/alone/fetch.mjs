import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { consecutiveFailures } from '@switchgear/core';
import { breakerFetch, createBreaker, isCircuitOpen } from '@switchgear/fetch';

let reached = 0;
const server = createServer((_request, response) => {
  reached++;
  response.writeHead(reached === 1 ? 200 : 503).end();
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const url = `http://127.0.0.1:${server.address().port}/`;
const call = breakerFetch({ breaker: createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) }) });

assert.equal((await call(url)).status, 200);
for (let i = 0; i < 2; i++) assert.equal((await call(url)).status, 503);
await assert.rejects(call(url), isCircuitOpen);
assert.equal(reached, 3);

server.closeAllConnections();
server.close();
console.log('story told');
