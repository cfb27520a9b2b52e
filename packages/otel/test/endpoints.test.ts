import { createBalancer } from '@switchgear/balancer';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { readMeter } from './setup/readings.ts';

const balancerOf = () => createBalancer({ name: 'search', endpoints: [{ id: 'a' }, { id: 'b' }] });

describe('the endpoints of a balancer', () => {
  it('are measured with weight, load, latency and success, under the names of their breakers', async () => {
    const { meter, read } = readMeter();
    const balancer = balancerOf();
    instrumentBreakers(balancer, { meter, balancer });
    const { id, permit } = balancer.route();
    permit.settle('success', 250);
    for (const breaker of balancer) if (breaker.name === `search/${id}`) breaker.trip(60_000);
    const other = id === 'a' ? 'b' : 'a';
    const readings = await read('endpoint');
    expect(readings).toMatchObject({
      [`endpoint.weight name=search/${id}`]: 0,
      [`endpoint.weight name=search/${other}`]: 1,
      [`endpoint.load name=search/${other}`]: 0,
      [`endpoint.success_ratio name=search/${other}`]: 1,
    });
    expect(readings[`endpoint.latency name=search/${id}`]).toBeCloseTo(0.25, 2);
    expect(await read(`state name=search/${id} state=open`)).toEqual({ [`state name=search/${id} state=open`]: 1 });
  });

  it('are no longer read once the measurement stops', async () => {
    const { meter, read } = readMeter();
    const balancer = balancerOf();
    instrumentBreakers(balancer, { meter, balancer }).stop();
    expect(await read('endpoint.weight')).toEqual({});
  });

  it('are refused of anything else', () => {
    expect(() => instrumentBreakers([], { balancer: {} as never })).toThrow(
      'instrumentBreakers balancer must be what createBalancer returned, got an object',
    );
  });
});
