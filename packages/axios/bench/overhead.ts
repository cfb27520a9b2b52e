/** Prints what a breaker adds to a call over axios: over loopback as in life, and over nothing, where it shows most. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { createBreaker, protectAxios } from '@switchgear/axios';
import axios, { type AxiosRequestConfig } from 'axios';
import { compare, describe, type Effort } from './pairs.ts';

const server = fork(new URL('./server.ts', import.meta.url));
const [port] = (await once(server, 'message')) as [number];
const local: AxiosRequestConfig = { baseURL: `http://127.0.0.1:${port}`, proxy: false };

const scenes: readonly [what: string, config: AxiosRequestConfig, effort: Effort][] = [
  [
    'http adapter, loopback',
    { ...local, adapter: 'http', httpAgent: new Agent({ keepAlive: true }) },
    { pairs: 101, calls: 100 },
  ],
  ['fetch adapter, loopback', { ...local, adapter: 'fetch' }, { pairs: 101, calls: 100 }],
  [
    'no network: an adapter in memory',
    { adapter: async (config) => ({ data: 'ok', status: 200, statusText: 'OK', headers: {}, config }) },
    { pairs: 101, calls: 500 },
  ],
];

console.log(
  `axios ${axios.VERSION}, node ${process.versions.node}: processor time of a call with a breaker, against axios alone\n`,
);
for (const [what, config, effort] of scenes) {
  const alone = axios.create(config);
  const ours = axios.create(config);
  protectAxios(ours, { breaker: createBreaker({ name: what }) });
  const comparison = await compare(
    () => alone.get('/'),
    () => ours.get('/'),
    effort,
  );
  console.log(describe(what, comparison));
}
server.disconnect();
