import { consecutiveFailures, createBreaker, createRegistry } from '@switchgear/core';
import { describeBus } from '@switchgear/testkit';
import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import { type Bus, localBus, share } from '../src/index.ts';
import { fleet, instance, TestBus } from './instance.ts';
import { VirtualTime } from './virtual-time.ts';

function scene() {
  return { time: new VirtualTime(), bus: new TestBus() };
}

describe('a sharing', () => {
  it('sends a beat each two seconds in peace, and a report each tick in trouble', async () => {
    const { time, bus } = scene();
    const one = instance(time, bus);
    await time.pass(20_000);
    expect(bus.sent.length).toBe(11);
    expect(Math.max(...bus.sent.map((report) => report.length))).toBeLessThan(60);
    one.call('failure');
    await time.pass(9_900);
    expect(bus.sent.length - 11).toBeGreaterThan(35);
    await time.pass(60_000);
    const before = bus.sent.length;
    await time.pass(20_000);
    expect(bus.sent.length - before).toBe(10);
  });

  it('is ready after the first report of another instance, or after half a second', async () => {
    const { time, bus } = scene();
    const one = instance(time, bus);
    let isReady = false;
    void one.sharing.ready.then(() => {
      isReady = true;
    });
    await time.pass(499);
    expect(isReady).toBe(false);
    await time.pass(1);
    await Promise.resolve();
    expect(isReady).toBe(true);
    const two = instance(time, bus);
    await time.pass(260);
    await two.sharing.ready;
  });

  it('shares the breakers of a registry, also those made later, and forgets those that it forgets', async () => {
    const { time, bus } = scene();
    const registry = createRegistry({ options: (name) => ({ name, clock: time }), max: 2 });
    registry.get('a');
    const sharing = share(registry, { group: 'test', bus, clock: time, scheduler: time });
    for (const name of ['b', 'c', 'd']) registry.get(name);
    expect(sharing.report().circuits.map(({ name }) => name)).toEqual([...registry].map(({ name }) => name).sort());
    await sharing.close();
    expect(sharing.report().circuits).toEqual([]);
  });

  it('leaves out a breaker whose name another has, is too long or cannot be told, and says so', () => {
    const { time, bus } = scene();
    const breakers = ['same', 'same', 'x'.repeat(201), 'secret'].map((name) => createBreaker({ name, clock: time }));
    const errors: unknown[] = [];
    const sharing = share(breakers, {
      group: 'test',
      bus,
      clock: time,
      scheduler: time,
      nameOf: ({ name }) => {
        if (name === 'secret') throw new Error('no hash');
        return name;
      },
      onEvent: (event) => event.type === 'fault' && errors.push((event.error as Error).message),
    });
    expect(sharing.report().circuits.map(({ name }) => name)).toEqual(['same']);
    expect(errors).toEqual([expect.stringContaining('got same'), expect.stringContaining('got xxx'), 'no hash']);
  });

  it('tells of 64 circuits at most, within the bytes of its bus: first of those that moved', async () => {
    const { time, bus } = scene();
    const small = { open: bus.open.bind(bus), maxBytes: 2_000 };
    const registry = createRegistry({ options: (name) => ({ name, clock: time, openWhen: consecutiveFailures(2) }) });
    for (let i = 0; i < 200; i++) registry.get(`service ${i}`);
    share(registry, { group: 'test', bus: small, clock: time, scheduler: time });
    for (const breaker of registry) breaker.record('failure');
    await time.pass(1_000);
    registry.get('service 7').record('failure');
    await time.pass(1_000);
    expect(Math.max(...bus.sent.map((report) => report.length))).toBeLessThanOrEqual(2_000);
    expect(bus.sent.at(-4)).toContain('service 7"');
    expect(new Set(bus.sent.flatMap((report) => report.match(/service \d+/g) ?? [])).size).toBeGreaterThan(60);
  });

  it('leaves its breakers and the bus when it is closed, and says goodbye', async () => {
    const { time, bus } = scene();
    const [one, two] = await fleet(2, time, bus);
    await one?.sharing.close();
    await one?.sharing.close();
    expect(two?.sharing.instances).toBe(1);
    const before = bus.sent.length;
    for (let i = 0; i < 5; i++) one?.call('failure');
    await time.pass(100);
    expect(bus.sent.length).toBe(before);
  });

  it.each([
    [{ group: '' }, /share group must be a string of 1 to 200 characters/],
    [{ group: 'a', quorum: 0 }, /share quorum must be a whole number of at least 1, or Infinity, got 0/],
    [{ group: 'a', secret: 'short' }, /share secret must be a string of 16 characters or more/],
    [{ group: 'a', bus: {} }, /share bus must be a bus with a function open/],
    [{ group: 'a', tick: 5 }, /share has no option 'tick'/],
  ])('refuses options that are wrong: %j', (options, message) => {
    expect(() => share(createBreaker({ name: 'x' }), options as never)).toThrow(message);
  });
});

describe('a bus that fails', () => {
  it('is an event and no rejection, and is left alone for longer each time', async () => {
    const { time } = scene();
    let sendings = 0;
    const bus: Bus = {
      open: () => ({
        send() {
          sendings++;
          return sendings % 2 ? Promise.reject(new Error('rejects')) : Promise.reject(new Error('rejects too'));
        },
        close() {},
      }),
    };
    const one = instance(time, bus);
    await time.pass(200_000);
    expect(one.events.every(({ type }) => type === 'fault')).toBe(true);
    expect(sendings).toBeLessThan(20);
    expect(sendings).toBeGreaterThan(6);
  });

  it('costs no more than one report that waits while it stands still, and gets the latest once it goes on', async () => {
    const { time } = scene();
    const sent: string[] = [];
    let goOn = (): void => {};
    const bus: Bus = {
      open: () => ({
        send(report) {
          sent.push(report);
          return new Promise<void>((resolve) => {
            goOn = resolve;
          });
        },
        close() {},
      }),
    };
    instance(time, bus);
    await time.pass(25_000);
    expect(sent.length).toBe(1);
    goOn();
    await time.pass(1);
    expect(sent.length).toBe(2);
    expect(JSON.parse(sent[1] as string)[3]).toBeGreaterThan(10);
  });

  it('cannot stop a sharing from closing, and is closed too, whether it hangs before the goodbye or during it', async () => {
    const { time } = scene();
    for (const hangsFrom of [1, 2]) {
      let sent = 0;
      let isOpen = true;
      const send = () => (++sent < hangsFrom ? undefined : new Promise<void>(() => {}));
      const close = () => {
        isOpen = false;
      };
      const one = instance(time, { open: () => ({ send, close }) });
      const closing = one.sharing.close();
      await time.pass(1_000);
      await closing;
      expect(isOpen).toBe(false);
    }
  });

  it('is told once for each fault, until a report gets through', async () => {
    const { time } = scene();
    let isDown = true;
    const bus: Bus = {
      open: () => ({
        send() {
          if (isDown) throw new Error('down');
        },
        close() {},
      }),
    };
    const one = instance(time, bus);
    await time.pass(60_000);
    expect(one.events).toMatchObject([{ type: 'fault', error: { message: 'down' } }]);
    isDown = false;
    await time.pass(60_000);
    isDown = true;
    await time.pass(60_000);
    expect(one.events.length).toBe(2);
  });

  it('is told of if it does not answer for five seconds', async () => {
    const { time } = scene();
    const bus: Bus = { open: () => ({ send: () => new Promise(() => {}), close() {} }) };
    const one = instance(time, bus);
    await time.pass(4_999);
    expect(one.events).toEqual([]);
    await time.pass(3_000);
    expect(one.events).toMatchObject([
      { type: 'fault', error: { message: expect.stringContaining('no answer for 5 s') } },
    ]);
  });

  it('is closed again if it opens only after the sharing was closed', async () => {
    const { time } = scene();
    let opened = (_: { send(): void; close(): void }): void => {};
    let closed = 0;
    const bus: Bus = {
      open: () =>
        new Promise((resolve) => {
          opened = resolve;
        }),
    };
    const one = instance(time, bus);
    await time.pass(100);
    await one.sharing.close();
    opened({ send() {}, close: () => closed++ });
    await time.pass(100);
    expect(closed).toBe(1);
  });

  it('may tell of faults by itself, also after a report', async () => {
    const { time } = scene();
    let fail = (_: unknown): void => {};
    const bus: Bus = {
      open(_, told = () => {}) {
        fail = told;
        return { send() {}, close() {} };
      },
    };
    const one = instance(time, bus);
    await time.pass(100);
    for (let i = 0; i < 3; i++) fail(new Error('the network is gone'));
    expect(one.events).toMatchObject([{ type: 'fault', error: { message: 'the network is gone' } }]);
  });

  it('may also throw, or fail to open, and is tried again', async () => {
    const { time, bus } = scene();
    let attempts = 0;
    const late: Bus = {
      async open(hear) {
        if (attempts++ < 2) throw new Error('not yet');
        return bus.open(hear);
      },
    };
    const [one, two] = [instance(time, late), instance(time, bus)];
    await time.pass(10_000);
    expect(one.sharing.instances).toBe(2);
    expect(two.sharing.instances).toBe(2);
  });
});

describe('a secret', () => {
  it('makes instances drop reports that are not signed with it', async () => {
    const { time, bus } = scene();
    const secret = 'a secret of this fleet';
    const friends = await fleet(2, time, bus, {}, { secret });
    const stranger = instance(time, bus, {}, { secret: 'another secret of others' });
    const unsigned = instance(time, bus);
    for (let i = 0; i < 10; i++) {
      await time.pass(300);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(friends.map(({ sharing }) => sharing.instances)).toEqual([2, 2]);
    expect([stranger, unsigned].map(({ sharing }) => sharing.instances)).toEqual([1, 1]);
    expect(friends[0]?.sharing.report().dropped).toBeGreaterThan(0);
  });
});

describe("an operator's word", () => {
  it('sets the mode at all instances that carry modes, also at those that come later; the last word wins', async () => {
    const { time, bus } = scene();
    const all = await fleet(3, time, bus, {}, { carryModes: true });
    const deaf = instance(time, bus);
    const [one, two] = all;
    one?.sharing.setMode(one.breaker, 'isolated');
    await time.pass(600);
    expect(all.map(({ breaker }) => breaker.mode)).toEqual(Array(3).fill('isolated'));
    expect(deaf.breaker.mode).toBe('active');
    two?.sharing.setMode(two.breaker, 'active');
    await time.pass(600);
    const late = instance(time, bus, {}, { carryModes: true });
    late.breaker.setMode('isolated');
    await time.pass(2_000);
    expect([...all, late].map(({ breaker }) => breaker.mode)).toEqual(Array(4).fill('active'));
  });

  it('is refused by a sharing that does not carry modes', () => {
    const { time, bus } = scene();
    const one = instance(time, bus);
    expect(() => one.sharing.setMode(one.breaker, 'isolated')).toThrow(/carryModes: true/);
  });
});

describe('where no timer may live', () => {
  it('sync sends what is due and returns a promise for waitUntil', async () => {
    const { time, bus } = scene();
    const none = { scheduler: { after: () => () => {} } };
    const [one, two] = [instance(time, bus, {}, none), instance(time, bus, {}, none)];
    const before = bus.sent.length;
    expect(one.sharing.sync()).toBeUndefined();
    time.jump(2_000);
    one.sharing.sync();
    expect(bus.sent.length).toBe(before + 1);
    expect(two.sharing.instances).toBe(2);
  });
});

describeBus('localBus', (channel) => localBus(channel), vitest);
