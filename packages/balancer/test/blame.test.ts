import { consecutiveFailures, fixed } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { quick, scene, seeded, stateOf } from './scene.ts';

const five = ['a', 'b', 'c', 'd', 'e'];
const opened = (balancer: ReturnType<typeof scene>['balancer']) =>
  balancer.rows().filter(({ state }) => state === 'open').length;

describe('an endpoint', () => {
  it('is ejected if its siblings do better, and its row says why', () => {
    const { balancer, calls } = scene(five);
    calls(60, (id) => id !== 'a');
    const [row] = balancer.rows();
    expect(row).toMatchObject({ id: 'a', state: 'open', weight: 0 });
    expect(row?.why).toMatch(/^Ejected: 3 calls in a row failed; next attempt in/);
    expect(balancer.service.state).toBe('closed');
  });

  it('is not ejected if its siblings fail as much, and its row says so', () => {
    const { balancer, calls } = scene(five);
    const random = seeded(7);
    calls(100);
    calls(400, () => random() > 0.45);
    expect(opened(balancer)).toBe(0);
    expect(balancer.rows().some(({ why }) => why.includes('its siblings do no better'))).toBe(true);
  });

  it('is not ejected while fewer than six recent calls of siblings are known', () => {
    const { balancer } = scene(['a', 'b']);
    const { permit } = balancer.route({ not: new Set(['b']) });
    permit.settle('failure');
    for (let i = 0; i < 5; i++) balancer.route({ not: new Set(['a']) }).permit.settle('success');
    for (let i = 0; i < 3; i++) balancer.route({ not: new Set(['b']) }).permit.settle('failure');
    expect(stateOf(balancer, 'a')).toBe('closed');
    expect(balancer.rows()[0]?.why).toMatch('too little is known of its siblings');
    balancer.route({ not: new Set(['a']) }).permit.settle('success');
    balancer.route({ not: new Set(['b']) }).permit.settle('failure');
    expect(stateOf(balancer, 'a')).toBe('open');
  });

  it('is not ejected beyond maxEjected: of five by 0.5 two, by 0.6 three, by 0.1 one', () => {
    for (const [maxEjected, most] of [
      [0.5, 2],
      [0.6, 3],
      [0.1, 1],
    ] as const) {
      const { balancer, calls } = scene(five, {
        maxEjected,
        leaf: { openWhen: consecutiveFailures(3), openFor: fixed(60_000) },
      });
      for (const bad of ['a', 'ab', 'abc', 'abcd']) calls(200, (id) => !bad.includes(id));
      expect(opened(balancer)).toBe(most);
    }
  });

  it('that is the only one is never ejected', () => {
    const { balancer, calls } = scene(['a'], { maxEjected: 1 });
    calls(50, () => false);
    expect(stateOf(balancer, 'a')).toBe('closed');
  });

  it('that hangs is ejected by silence while its siblings answer, and none is while all hang', () => {
    const { balancer, clock, calls } = scene(five, { leaf: {} });
    calls(2_000);
    const hanging = (hangs: (id: string) => boolean) => {
      for (let i = 0; i < 400; i++) {
        clock.advance(2);
        const { id, permit } = balancer.route();
        if (!hangs(id)) permit.settle('success', 1);
      }
    };
    hanging((id) => id === 'a');
    expect(balancer.rows()[0]).toMatchObject({ state: 'open', why: expect.stringContaining('no answer for') });
    const all = scene(five, { leaf: {} });
    all.calls(2_000);
    for (let i = 0; i < 400; i++) {
      all.clock.advance(2);
      all.balancer.route();
    }
    expect(opened(all.balancer)).toBe(0);
  });

  it('that says it is leaving is ejected at once, and one that says it is degraded gets half', () => {
    const { balancer, clock } = scene(five);
    const route = balancer.route();
    route.permit.settle({ outcome: 'success', endpoint: 'leaving' });
    expect(balancer.rows().find(({ id }) => id === route.id)).toMatchObject({
      state: 'open',
      why: expect.stringContaining('the endpoint asked for no more calls'),
    });
    const other = balancer.route();
    other.permit.settle({ outcome: 'success', endpoint: 'degraded' });
    const row = () => balancer.rows().find(({ id }) => id === other.id);
    expect(row()).toMatchObject({ weight: 0.5, why: 'It says that it is degraded.' });
    clock.advance(10_000);
    expect(row()).toMatchObject({ weight: 1, why: '' });
  });

  it('that was ejected is asked again when its time is over, and starts with a tenth of its share', () => {
    const { balancer, clock, calls } = scene(five);
    calls(60, (id) => id !== 'a');
    expect(stateOf(balancer, 'a')).toBe('open');
    clock.advance(1_000);
    const probe = balancer.route();
    expect(probe).toMatchObject({ id: 'a', permit: { probe: true } });
    probe.permit.settle('success', 1);
    expect(balancer.rows()[0]?.weight).toBe(0.1);
    calls(300);
    expect(stateOf(balancer, 'a')).toBe('closed');
    clock.advance(12_000);
    expect(balancer.rows()[0]?.weight).toBe(0.5);
    clock.advance(15_000);
    expect(balancer.rows()[0]).toMatchObject({ weight: 1, why: '' });
  });

  it('is asked again as soon as the service is back', () => {
    const { balancer, calls } = scene(five, { leaf: { openWhen: consecutiveFailures(3), openFor: fixed(600_000) } });
    calls(60, (id) => id !== 'a');
    balancer.service.trip();
    balancer.service.reset();
    expect(balancer.rows()[0]).toMatchObject({
      state: 'half-open',
      why: expect.stringContaining('the service is back'),
    });
  });

  it('is asked sooner while the service refuses calls', () => {
    const rest = { openWhen: consecutiveFailures(3), openFor: fixed(600_000) };
    const { balancer, clock, calls } = scene(five, { leaf: rest });
    calls(60, (id) => id !== 'a');
    balancer.service.trip();
    balancer.route();
    clock.advance(5_000);
    expect(balancer.route().id).toBe('a');
  });
});

describe('a service', () => {
  it('does not open either while the other level does its work, and the first is ejected', async () => {
    const endpoints = [{ id: 'a' }, { id: 'b' }, { id: 'spare', tier: 1 }];
    const { balancer, clock } = scene(endpoints, { service: quick, maxEjected: 1 });
    for (let i = 0; i < 400; i++) {
      clock.advance(10);
      await balancer
        .run(({ id }) => {
          if (id !== 'spare') throw new Error('no');
        })
        .catch(() => undefined);
    }
    expect(balancer.rows().map(({ state }) => state)).toEqual(['open', 'open', 'closed']);
    for (let i = 0; i < 5; i++) balancer.service.record('failure');
    expect(balancer.service.state).toBe('closed');
  });

  it('does not open on failures of one level while another may do better, and opens when that one fails, too', async () => {
    const endpoints = [{ id: 'a' }, { id: 'b' }, { id: 'spare', tier: 1 }];
    const { balancer, clock } = scene(endpoints, { service: quick, leaf: {} });
    const fail = () => {
      clock.advance(10);
      return balancer.run(() => Promise.reject(new Error('no'))).catch(() => undefined);
    };
    for (let i = 0; i < 10; i++) await fail();
    expect(balancer.service.state).toBe('closed');
    for (let i = 0; i < 100; i++) await fail();
    expect(balancer.service.state).toBe('open');
  });
});
