import 'reflect-metadata';
import { HttpService } from '@nestjs/axios';
import { NestFactory } from '@nestjs/core';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { protectAxios } from '@switchgear/axios';
import { createRegistry, isCircuitOpen } from '@switchgear/core';
import { faultServer, watchBreaker } from '@switchgear/testkit';
import axios from 'axios';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BreakerModule, CircuitHealth } from '../src/index.ts';

describe('HttpService', () => {
  it('is protected by the adapter of axios, a permit for each subscription', async () => {
    const server = await faultServer();
    onTestFinished(() => server.close());
    const { breaker, permits } = watchBreaker();
    const http = new HttpService(axios.create({ baseURL: server.url }));
    const { eject } = protectAxios(http.axiosRef, { breaker });
    await firstValueFrom(http.get('/'));
    breaker.trip();
    await expect(firstValueFrom(http.get('/'))).rejects.toSatisfy(isCircuitOpen);
    expect([permits.issued, permits.inFlight, server.requests]).toEqual([1, 0, 1]);
    eject();
    await firstValueFrom(http.get('/'));
    expect([permits.issued, server.requests]).toEqual([1, 2]);
  });
});

describe('the health indicator, in Terminus', () => {
  it('is up while circuits are open, and down while one is that the service needs', async () => {
    const registry = createRegistry({ options: (name) => ({ name }) });
    const imports = [BreakerModule.forRoot({ registry }), TerminusModule.forRoot({ logger: false })];
    const app = await NestFactory.createApplicationContext({ module: class App {}, imports }, { logger: false });
    onTestFinished(() => app.close());
    const [terminus, circuits] = [app.get(HealthCheckService), app.get(CircuitHealth)];
    const needs = ({ name }: { name: string }) => name === 'database';
    const check = () => terminus.check([() => circuits.check('circuits', { needs })]);
    registry.get('database');
    registry.get('mail').trip();
    expect(await check()).toMatchObject({
      status: 'ok',
      details: { circuits: { status: 'up', circuits: { database: 'closed', mail: 'open' } } },
    });
    registry.get('database').setMode('isolated');
    const down = await check().catch((error: { getStatus(): number; getResponse(): unknown }) => error);
    expect((down as { getStatus(): number }).getStatus()).toBe(503);
    expect((down as { getResponse(): unknown }).getResponse()).toMatchObject({
      status: 'error',
      error: { circuits: { status: 'down', circuits: { database: 'isolated' } } },
    });
  });
});
