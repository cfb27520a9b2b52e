import type { Breaker } from '@switchgear/core';
import * as core from '@switchgear/core';
import { type AdapterUnderTest, describeAdapter, faultServer } from '@switchgear/testkit';
import axios, { type AxiosAdapter, type AxiosInstance } from 'axios';
import { describe, expect, it } from 'vitest';
import * as own from '../../src/index.ts';
import { protectAxios } from '../../src/index.ts';
import { NETWORK_ADAPTERS } from './network-adapters.ts';

describe('what is tested', () => {
  it('is the version of axios that the project is named after', ({ task }) => {
    const [, minor] = task.file.projectName?.split(' ') ?? [];
    expect(axios.VERSION.startsWith(`${minor ?? '1.21'}.`)).toBe(true);
  });

  it('has its adapters', () => {
    for (const name of NETWORK_ADAPTERS) expect(axios.getAdapter(name)).toBeTypeOf('function');
  });

  it('re-exports what its users need of core, and nothing else', () => {
    const fromCore = Object.entries(own).filter(([name]) => name in core);
    expect(fromCore.map(([name]) => name).sort()).toEqual([
      'CircuitOpenError',
      'adaptive',
      'createBreaker',
      'createRegistry',
      'explain',
      'findCircuitOpen',
      'isCircuitOpen',
    ]);
    expect(core).toMatchObject(Object.fromEntries(fromCore));
  });
});

for (const adapter of NETWORK_ADAPTERS) {
  describeAdapter(`axios over ${adapter}`, (breaker) => underTest(axios.create({ adapter }), breaker), {
    describe,
    it,
  });
}

describeAdapter(
  'axios over a custom adapter',
  (breaker) => {
    const http = axios.getAdapter('http');
    const adapter: AxiosAdapter = async (config) => http(config);
    return underTest(axios.create({ adapter }), breaker);
  },
  { describe, it },
);

async function underTest(instance: AxiosInstance, breaker: Breaker): Promise<AdapterUnderTest> {
  const server = await faultServer();
  instance.defaults.baseURL = server.url;
  let relayed: Error | undefined;
  const send = axios.getAdapter(instance.defaults.adapter);
  instance.defaults.adapter = (config) => (relayed ? Promise.reject(relayed) : send(config));
  protectAxios(instance, { breaker });

  function answeredWith(status: number): Promise<unknown> {
    server.next({ does: 'answer', status });
    return instance.get('/');
  }

  return {
    succeed: () => answeredWith(200),
    fail: () => answeredWith(503),
    sayNothing: () => answeredWith(429),
    reached: () => server.requests,
    relay: (error) => {
      relayed = error;
      return instance.get('/');
    },
    dispose: () => server.close(),
  };
}
