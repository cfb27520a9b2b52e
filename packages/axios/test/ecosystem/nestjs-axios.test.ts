import 'reflect-metadata';
import { HttpService } from '@nestjs/axios';
import { createBreaker, isCircuitOpen } from '@switchgear/core';
import { countPermits, type FaultServer, faultServer, type PermitCount } from '@switchgear/testkit';
import axios, { isAxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';

let server: FaultServer;
let http: HttpService;
let permits: PermitCount;
beforeEach(async () => {
  server = await faultServer();
  http = new HttpService(axios.create({ baseURL: server.url }));
  permits = countPermits(createBreaker({ name: 'nest' }));
  protectAxios(http.axiosRef, { breaker: permits.breaker });
});
afterEach(() => server.close());

describe('the HttpService of Nest', () => {
  it('takes a permit for each subscription, and none before', async () => {
    const request = http.get('/');
    expect(permits.issued).toBe(0);
    await firstValueFrom(request);
    server.next({ does: 'answer', status: 503 });
    await expect(firstValueFrom(request)).rejects.toHaveProperty('response.status', 503);
    expect(permits).toMatchObject({ issued: 2, inFlight: 0, settledTwice: 0 });
    expect(permits.breaker.metrics()).toMatchObject({ calls: 2, failures: 1 });
  });

  it('hands a refusal on as the error of its observable', async () => {
    permits.breaker.trip();
    const error = await firstValueFrom(http.get('/')).catch((reason: unknown) => reason);
    expect(isAxiosError(error) && isCircuitOpen(error)).toBe(true);
    expect(server.requests).toBe(0);
  });

  it('leaves a call whose subscriber goes uncounted', async () => {
    server.always({ does: 'hang' });
    const subscription = http.get('/').subscribe();
    await expect.poll(() => server.requests).toBe(1);
    subscription.unsubscribe();
    await expect.poll(() => permits.inFlight).toBe(0);
    expect(permits.breaker.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });
});
