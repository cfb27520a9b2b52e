import { describeAdapter } from '@switchgear/testkit';
import { describeServed, servedAdapter } from '@switchgear/testkit/served';
import { describe, expect, it } from 'vitest';
import { circuitBreaker, circuitErrors } from '../../src/koa/index.ts';
import { koaHost } from '../hosts/koa-host.ts';

describe('the functions for Koa', () => {
  it('are its own, under the names of those for Express', async () => {
    const express = await import('../../src/index.ts');
    expect([circuitBreaker.name, circuitErrors.name]).toEqual([
      express.circuitBreaker.name,
      express.circuitErrors.name,
    ]);
    expect(circuitBreaker).not.toBe(express.circuitBreaker);
  });
});

describeAdapter('a route in Koa', servedAdapter(koaHost), { describe, it });
describeServed(koaHost, { requests: 100 });
