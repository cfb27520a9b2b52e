import { failureCount, failureRate, fixed, overdue } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import type { Bus } from '../src/index.ts';
import { fleet, type Instance, instance, TestBus } from './instance.ts';
import { VirtualTime } from './virtual-time.ts';

const HALF = { openWhen: failureRate(0.5, { minimumCalls: 10 }), openFor: fixed(10_000) };

/** Each of these calls the service so many times, which fails, a third of a second apart. */
async function failing(all: readonly Instance[], times: number, time: VirtualTime): Promise<void> {
  for (let i = 0; i < times; i++) {
    for (const each of all) each.call('failure');
    await time.pass(333);
  }
}

function scene() {
  return { time: new VirtualTime(), bus: new TestBus() };
}

describe('evidence of several instances', () => {
  it('opens all circuits when none has enough of its own', async () => {
    const { time, bus } = scene();
    const all = await fleet(5, time, bus, HALF);
    await failing(all, 3, time);
    expect(all.map(({ breaker }) => breaker.state)).toEqual(Array(5).fill('open'));
    expect(all.map(({ rules }) => rules[0])).toEqual(Array(5).fill('pooled failureRate'));
  });

  it('opens a breaker with default plugs on as many failures of as many instances as it takes one alone', async () => {
    const { time, bus } = scene();
    const all = await fleet(6, time, bus);
    for (let i = 0; i < 20; i++) for (const each of all) each.call('success');
    for (const each of all.slice(0, 4)) {
      await time.pass(300);
      each.call('failure');
    }
    await time.pass(300);
    expect(all.map(({ rules }) => rules)).toEqual(Array(6).fill(['pooled cusum']));
  });

  it('of one instance opens no circuit but its own, however loud it is', async () => {
    const { time, bus } = scene();
    const [loud, ...others] = await fleet(5, time, bus, { ...HALF, openFor: fixed(1) });
    for (let i = 0; i < 200; i++) {
      loud?.call('failure');
      for (const each of others) if (i % 20 === 0) each.call('success');
      await time.pass(50);
    }
    expect(loud?.rules[0]).toMatch(/failureRate$/);
    expect(others.map(({ rules }) => rules)).toEqual(Array(4).fill([]));
  });

  it('does not keep an instance from opening by its own, even if the calls of all others succeed', async () => {
    const { time, bus } = scene();
    const [one, ...others] = await fleet(5, time, bus, HALF);
    for (let i = 0; i < 10; i++) {
      for (const each of others) for (let n = 0; n < 10; n++) each.call('success');
      one?.call('failure');
      await time.pass(300);
    }
    expect(one?.rules).toEqual(['failureRate']);
    expect(one?.sharing.isItUs(one.breaker)).toBe(true);
    expect(others.some(({ sharing, breaker }) => sharing.isItUs(breaker))).toBe(false);
  });

  it('opens no circuit if it is over within half a second, because reports take a while', async () => {
    const { time, bus } = scene();
    const all = await fleet(5, time, bus, HALF);
    for (let i = 0; i < 4; i++) {
      for (const each of all) each.call('failure');
      await time.pass(100);
    }
    for (let i = 0; i < 20; i++) {
      for (const each of all) each.call('success');
      await time.pass(100);
    }
    expect(all.map(({ rules }) => rules)).toEqual(Array(5).fill([]));
  });

  it('is not counted twice if reports are repeated, nor if they are of long ago', async () => {
    const { time, bus } = scene();
    const all = await fleet(4, time, bus, HALF);
    bus.isCut = true;
    for (const each of all.slice(1)) for (let i = 0; i < 4; i++) each.call('failure');
    await time.pass(5_000);
    const before = [...bus.sent];
    bus.isCut = false;
    await time.pass(3_000);
    expect(all[0]?.rules).toEqual([]);
    for (let i = 0; i < 3; i++) for (const report of before) bus.say(report);
    await time.pass(1_000);
    expect(all[0]?.rules).toEqual([]);
  });
});

describe('dissent', () => {
  it('keeps the circuits closed whose own calls go well, once a trouble is known', async () => {
    const { time, bus } = scene();
    const well = await fleet(2, time, bus, { openFor: fixed(1_000) });
    // Too few calls for their own rule, so that they go on failing.
    const bad = await fleet(6, time, bus, { openWhen: failureCount(1_000), openFor: fixed(1) });
    for (let i = 0; i < 50; i++) for (const each of well) each.call('success');
    const isDissenting = () => well.every(({ sharing }) => sharing.report().circuits[0]?.isDissenting);
    let haveDissented = false;
    for (let i = 0; i < 300; i++) {
      haveDissented ||= isDissenting();
      bad[i % 6]?.call('failure');
      if (i % 6 === 0) for (const each of well) each.call('success');
      await time.pass(100);
    }
    for (const each of well) {
      expect(each.rules.filter((rule) => rule === 'pooled cusum').length).toBeLessThanOrEqual(1);
      expect(each.breaker.state).toBe('closed');
      expect(each.events.map(({ type }) => type)).toContain('dissent');
      const [shared] = each.sharing.report().circuits;
      expect(shared?.breaker).toBe('payments');
      expect(shared?.dissents).toBe(each.events.filter(({ type }) => type === 'dissent').length);
    }
    expect(haveDissented).toBe(true);
  });
});

describe('the first verdict of a trouble', () => {
  const rule = { openFor: fixed(60_000) };

  /** Some instances that see failures in turn, and two on whom it depends. */
  async function trouble(act: (scene: { bad: Instance[]; two: Instance[] }, round: number) => void, count = 4) {
    const { time, bus } = scene();
    const bad = await fleet(count, time, bus, { openWhen: failureCount(1_000), openFor: fixed(1) });
    const two = await fleet(2, time, bus, rule);
    for (let i = 0; i < 40; i++) for (const each of [...bad, ...two]) each.call('success');
    await time.pass(15_000);
    for (let round = 0; round < 20; round++) {
      act({ bad, two }, round);
      await time.pass(100);
    }
    return two;
  }

  function failInTurn({ bad }: { bad: Instance[] }, round: number): void {
    bad[round % bad.length]?.call('failure');
  }

  it('opens circuits that have made no call since it began, if all calls fail', async () => {
    const two = await trouble(failInTurn);
    for (const { breaker } of two) expect(breaker.retryAfter).toBeGreaterThan(10_000);
  });

  it('leaves it to their next call, if some calls succeed', async () => {
    for (const [ends, state] of [
      ['failure', 'open'],
      ['success', 'closed'],
    ] as const) {
      const two = await trouble((scene, round) => {
        failInTurn(scene, round);
        if (round === 4) scene.two[0]?.call('success');
      });
      expect(two.map(({ breaker }) => breaker.state)).toEqual(['closed', 'closed']);
      two[1]?.call(ends);
      expect(two[1]?.breaker.state).toBe(state);
      expect(two[1]?.events.some(({ type }) => type === 'dissent')).toBe(false);
    }
  });

  it('opens them if some have succeeded, but none of the last ten', async () => {
    const two = await trouble((scene, round) => {
      failInTurn(scene, round);
      if (round === 4) scene.two[0]?.call('success');
    }, 20);
    expect(two.map(({ breaker }) => breaker.state)).toEqual(['closed', 'open']);
  });
});

describe('failures that several tell at the same moment', () => {
  async function delivery(after: (all: Instance[]) => void) {
    const { time, bus } = scene();
    const all = await fleet(8, time, bus);
    for (let i = 0; i < 40; i++) for (const each of all) each.call('success');
    await time.pass(15_000);
    bus.isCut = true;
    const from = bus.sent.length;
    for (const each of all) each.call('failure');
    await time.pass(100);
    bus.isCut = false;
    for (const report of bus.sent.slice(from)) bus.say(report);
    expect(all.map(({ breaker }) => breaker.state)).toEqual(Array(8).fill('closed'));
    after(all);
    await time.pass(700);
    return all;
  }

  it('add up, once this is no blip', async () => {
    const all = await delivery(() => {});
    expect(all.map(({ rules }) => rules)).toEqual(Array(8).fill(['pooled cusum']));
  });

  it('are a blip if calls succeed in the meantime', async () => {
    const all = await delivery(([one, two]) => [one?.call('success'), two?.call('success')]);
    expect(all.map(({ breaker }) => breaker.state)).toEqual(Array(8).fill('closed'));
  });
});

describe('failures that are heard of late', () => {
  /** Four instances fail in turn over `lasting` ms. Another checks its mailbox `after` ms later, and hears of all of it at once. */
  async function late(lasting: number, after: number, afterTwo: (one: Instance) => void = () => {}) {
    const { time, bus } = scene();
    const posted: { readonly report: string; readonly at: number }[] = [];
    let look = () => {};
    const mailbox: Bus = {
      open(hear) {
        look = () => {
          for (const { report, at } of posted.splice(0)) hear(report, time.now() - at);
        };
        return bus.open((report) => posted.push({ report, at: time.now() }));
      },
    };
    const bad = await fleet(4, time, bus, { openWhen: failureCount(1_000) });
    const one = instance(time, mailbox);
    await time.pass(3_000);
    look();
    for (let i = 0; i < 40; i++) one.call('success');
    for (const [i, each] of bad.entries()) {
      if (i > 0) await time.pass(lasting / 3);
      each.call('failure');
      if (i === 1) afterTwo(one);
    }
    await time.pass(after);
    look();
    return { one, time, look };
  }

  it('open at once if they went on for half a second', async () => {
    const { one } = await late(600, 300);
    expect(one.rules).toEqual(['pooled cusum']);
  });

  it('open nothing yet if they did not, because they may be over', async () => {
    const { one, time, look } = await late(300, 600);
    expect(one.rules).toEqual([]);
    one.call('success');
    await time.pass(1_000);
    look();
    expect(one.rules).toEqual([]);
  });

  it('went on no longer than since the circuit closed, because what was before that is another trouble', async () => {
    const { one } = await late(600, 300, ({ breaker }) => {
      breaker.trip();
      breaker.reset();
    });
    expect(one.rules).toEqual(['trip', 'reset']);
  });
});

describe('votes', () => {
  it('open circuits whose rule judges what cannot be added up, at a quorum of instances', async () => {
    const { time, bus } = scene();
    const rule = { openWhen: overdue(1, { longerThan: 80 }), openFor: fixed(10_000) };
    const all = await fleet(5, time, bus, rule);
    for (const each of all) each.call('success');
    for (const each of all.slice(0, 2)) {
      each.breaker.acquire();
      await time.pass(100);
      each.breaker.tryAcquire();
    }
    await time.pass(1_000);
    expect(all.map(({ breaker }) => breaker.state)).toEqual(['open', 'open', 'closed', 'closed', 'closed']);
    all[2]?.breaker.acquire();
    await time.pass(100);
    all[2]?.breaker.tryAcquire();
    await time.pass(1_000);
    expect(all.slice(3).map(({ rules }) => rules)).toEqual([['votes'], ['votes']]);
  });

  it('of any openings are followed by an instance that has made no call', async () => {
    const { time, bus } = scene();
    const all = await fleet(4, time, bus, HALF);
    await failing(all, 4, time);
    const late = instance(time, bus, HALF);
    await time.pass(600);
    expect(late.rules).toEqual(['votes']);
  });

  it('are not cast by an operator who opens a circuit', async () => {
    const { time, bus } = scene();
    const all = await fleet(5, time, bus, HALF);
    for (const each of all) each.call('success');
    for (const each of all.slice(0, 4)) each.breaker.trip();
    await time.pass(1_000);
    expect(all[4]?.breaker.state).toBe('closed');
  });
});

describe('a success of another instance', () => {
  it('wakes a circuit, which closes only by its own call', async () => {
    const { time, bus } = scene();
    const [one, two] = await fleet(2, time, bus, { ...HALF, openFor: fixed(60_000) });
    for (let i = 0; i < 10; i++) one?.call('failure');
    await time.pass(2_000);
    expect([one?.breaker.state, two?.breaker.state]).toEqual(['open', 'closed']);
    two?.call('success');
    await time.pass(2_500);
    expect(one?.breaker.state).toBe('half-open');
    await time.pass(10_000);
    expect(one?.breaker.state).toBe('half-open');
    one?.call('success');
    one?.call('success');
    expect(one?.rules).toEqual(['failureRate', 'others', 'probes']);
  });

  it('does not wake a circuit that has only just opened, because it may be older than that', async () => {
    const { time, bus } = scene();
    const [one, two] = await fleet(2, time, bus, { ...HALF, openFor: fixed(60_000) });
    two?.call('failure');
    for (let i = 0; i < 10; i++) one?.call('failure');
    two?.call('success');
    await time.pass(1_000);
    expect(one?.breaker.state).toBe('open');
  });
});

describe('an instance that is alone', () => {
  it('says so once nothing has come for ten seconds, and probes as often as one alone does', async () => {
    const { time, bus } = scene();
    const all = await fleet(16, time, bus, { openFor: ({ vitals }) => 30_000 * Math.sqrt(vitals?.instances ?? 1) });
    for (let i = 0; i < 4; i++) {
      await time.pass(10);
      for (const each of all) each.call('failure');
    }
    const [one] = all;
    expect(one?.breaker.state).toBe('open');
    expect(one?.breaker.retryAfter).toBeGreaterThan(100_000);
    bus.isCut = true;
    await time.pass(13_000);
    expect(one?.sharing.alone).toBe(true);
    expect(one?.events.map(({ type }) => type)).toEqual(['together', 'alone']);
    expect(one?.breaker.retryAfter).toBeLessThanOrEqual(30_000);
  });

  it('is not what a stall of its own event loop looks like', async () => {
    const { time, bus } = scene();
    const all = await fleet(3, time, bus);
    // All stand still together, as in a suspended machine.
    await time.pass(2_000);
    time.jump(3_600_000);
    await time.pass(10);
    expect(all.map(({ sharing }) => sharing.instances)).toEqual([3, 3, 3]);
  });

  it('is known at once when the others say goodbye', async () => {
    const { time, bus } = scene();
    const [one, two] = await fleet(2, time, bus);
    await two?.sharing.close();
    expect(one?.sharing.alone).toBe(true);
  });
});
