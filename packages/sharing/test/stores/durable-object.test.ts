import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describeBus, describeRegister } from '@switchgear/testkit';
import { Miniflare } from 'miniflare';
import * as vitest from 'vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HubNamespace, hubMailbox, hubRegister } from '../../src/durable-object/index.ts';
import { closeMembers, member } from './member.ts';

/** The hub imports nothing, so that it is a Worker as it stands. */
const HUB = stripTypeScriptTypes(
  readFileSync(new URL('../../src/durable-object/breaker-hub.ts', import.meta.url), 'utf8'),
);
const WORKER = `${HUB}\nexport default { fetch: () => new Response('here') };`;

describe('over a Durable Object', () => {
  let workers: Miniflare;
  let hub: HubNamespace;

  beforeAll(async () => {
    workers = new Miniflare({
      modules: true,
      script: WORKER,
      compatibilityDate: '2026-01-01',
      durableObjects: { HUB: { className: 'BreakerHub' } },
    });
    hub = (await workers.getDurableObjectNamespace('HUB')) as unknown as HubNamespace;
  });
  afterEach(closeMembers);
  afterAll(() => workers.dispose());

  describeBus('hubMailbox', (name) => hubMailbox(hub, name), vitest);
  describeRegister('hubRegister', () => hubRegister(hub), vitest, { swaps: 10 });

  it('instances hear of each other', async () => {
    const [one, two] = [member(hubMailbox(hub)), member(hubMailbox(hub))];
    await Promise.all([one.among(2), two.among(2)]);
  });

  it('an object that fails is an event that says so', async () => {
    const failing: HubNamespace = {
      idFromName: () => '',
      get: () => ({ fetch: async () => new Response('exceeded its memory limit', { status: 500 }) }),
    };
    expect(await member(hubMailbox(failing)).fault(/^hubMailbox/)).toMatch(
      /could not exchange reports: the hub answered 500: exceeded its memory limit/,
    );
  });

  it('what is no binding is refused with the rule', () => {
    expect(() => hubMailbox({} as never)).toThrow(/hubMailbox namespace must be the binding of a Durable Object/);
  });
});
