import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createBreaker, isCircuitOpen, protectAxios } from '@switchgear/axios';
import { consecutiveFailures } from '@switchgear/core';
import axios from 'axios';

let reached = 0;
const server = createServer((_request, response) => {
  reached++;
  response.writeHead(reached === 1 ? 200 : 503).end();
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const client = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}`, proxy: false });
protectAxios(client, { breaker: createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) }) });

assert.equal((await client.get('/')).status, 200);
for (let i = 0; i < 2; i++) await assert.rejects(client.get('/'), { name: 'AxiosError' });
await assert.rejects(client.get('/'), isCircuitOpen);
assert.equal(reached, 3);

server.closeAllConnections();
server.close();
console.log('story told');
