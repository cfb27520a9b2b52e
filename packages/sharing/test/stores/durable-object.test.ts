import { describeBus, describeRegister } from '@switchgear/testkit';
import * as vitest from 'vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HubNamespace, hubMailbox, hubRegister } from '../../src/durable-object/index.ts';
import { type HubServer, hubAt, startHub } from './hub-server.ts';
import { closeMembers, member } from './member.ts';

describe('over a Durable Object', () => {
  let server: HubServer;
  let hub: HubNamespace<string>;

  beforeAll(async () => {
    server = await startHub();
    hub = hubAt(server.port);
  });
  afterEach(closeMembers);
  afterAll(() => server.stop());

  describeBus('hubMailbox', (name) => hubMailbox(hub, name), vitest);
  describeRegister('hubRegister', () => hubRegister(hub), vitest, { swaps: 10 });

  it('instances hear of each other', async () => {
    const [one, two] = [member(hubMailbox(hub)), member(hubMailbox(hub))];
    await Promise.all([one.among(2), two.among(2)]);
  });

  // Only there can workerd be found, in /proc.
  it.runIf(process.platform === 'linux')(
    'a workerd killed with -9 is an event, all meet again when it is back, and what was stored is there',
    async () => {
      const [one, two] = [member(hubMailbox(hub)), member(hubMailbox(hub))];
      await Promise.all([one.among(2), two.among(2)]);
      const register = hubRegister(hub);
      await register.swap('kept', undefined, 'value', 600_000);
      await server.kill();
      expect(await one.fault(/^hubMailbox/)).toMatch(
        /could not exchange reports: fetch failed: .+[(]the store is not there/,
      );
      await server.restart();
      const three = member(hubMailbox(hub));
      await Promise.all([one.among(3), two.among(3), three.among(3)]);
      expect((await register.read('kept')).get('kept')).toMatchObject({ value: 'value' });
    },
  );

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
