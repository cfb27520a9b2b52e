import { type BreakerOptions, consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { appointed, memoryRegister, type Register, share } from '../src/index.ts';
import { fleet, type Instance, instance, TestBus } from './instance.ts';
import { VirtualTime } from './virtual-time.ts';

const RULE = { openWhen: consecutiveFailures(3), openFor: fixed(10_000) };

const KEY = 'test/payments';

/** A register whose answers a test can hold back, lose and count. */
class TestRegister implements Register {
  readonly #inner: Register;
  readonly #time: VirtualTime;
  /** What becomes of what is asked: answered, refused, done without an answer, never heard, or answered late. */
  is: 'well' | 'failing' | 'mute' | 'frozen' | 'late' = 'well';
  /** How late, in milliseconds. */
  delay = 4_000;
  /** The same for swaps only. */
  swapIs: TestRegister['is'] | undefined;
  /** How late readings are answered, as things were when they were asked: over a slower connection than swaps. */
  readingTakes = 0;
  swaps = 0;
  reads = 0;

  constructor(clock: VirtualTime) {
    this.#inner = memoryRegister({ clock });
    this.#time = clock;
  }

  read(prefix: string) {
    this.reads++;
    const found = this.#answer(() => this.#inner.read(prefix));
    if (this.readingTakes === 0) return found;
    return new Promise<Awaited<typeof found>>((resolve) => this.#time.after(this.readingTakes, () => resolve(found)));
  }

  swap(...what: Parameters<Register['swap']>) {
    this.swaps++;
    return this.#answer(() => this.#inner.swap(...what), this.swapIs);
  }

  #answer<Answer>(ask: () => PromiseLike<Answer>, is: TestRegister['is'] = this.is): PromiseLike<Answer> {
    if (is === 'failing') return Promise.reject(new Error('the register is down'));
    if (is === 'late') return new Promise((resolve) => this.#time.after(this.delay, () => resolve(ask())));
    const answer = is === 'frozen' ? undefined : ask();
    return answer && is === 'well' ? answer : new Promise(() => {});
  }

  /** Writes as somebody else would. */
  async write(value: unknown): Promise<void> {
    const { version } = (await this.#inner.read(KEY)).get(KEY) ?? {};
    await this.#inner.swap(KEY, version, JSON.stringify(value), 1e9);
  }

  /** What is written of payments. */
  async written(): Promise<Record<string, unknown>> {
    const [value] = [...(await this.#inner.read('')).values()].map((written) => JSON.parse(written.value));
    return value ?? {};
  }
}

function scene() {
  const time = new VirtualTime();
  return { time, bus: new TestBus(), register: new TestRegister(time) };
}

/** Opens the circuit of an instance by its own calls. */
function open(one: Instance | undefined): void {
  for (let i = 0; i < 3; i++) one?.call('failure');
}

/** Each instance makes a call each quarter of a second, if it may, until this time has passed. Returns who made some. */
async function calling(
  all: readonly Instance[],
  outcome: 'success' | 'failure',
  ms: number,
  time: VirtualTime,
): Promise<Set<number>> {
  const made = new Set<number>();
  for (let passed = 0; passed < ms; passed += 250) {
    for (const [i, each] of all.entries()) if (each.call(outcome)) made.add(i);
    await time.pass(250);
  }
  return made;
}

async function appointedFleet(count: number) {
  const parts = scene();
  const all = await fleet(count, parts.time, parts.bus, RULE, { prober: appointed(parts.register) });
  return { ...parts, all };
}

const states = (all: readonly Instance[]) => all.map(({ breaker }) => breaker.state);

describe('a circuit that opens', () => {
  it('is open at once, and then says so in the register', async () => {
    const { time, register, all } = await appointedFleet(1);
    open(all[0]);
    expect(states(all)).toEqual(['open']);
    expect(register.swaps).toBe(0);
    await time.pass(50);
    expect(await register.written()).toMatchObject({ state: 'open', wait: 10_000, rule: 'consecutiveFailures' });
  });

  it('waits for as long as the first that has opened, and three seconds more for the register', async () => {
    const { time, register, all } = await appointedFleet(2);
    open(all[0]);
    expect(all[0]?.breaker.retryAfter).toBe(13_000);
    await time.pass(4_000);
    open(all[1]);
    await time.pass(50);
    expect(await register.written()).toMatchObject({ by: all[0]?.sharing.report().life });
  });

  it('is not written if an operator has opened it, and is due when they said', async () => {
    const { time, register, all } = await appointedFleet(1);
    all[0]?.breaker.trip(5_000);
    await time.pass(1_000);
    expect(register.swaps).toBe(0);
    expect(all[0]?.breaker.retryAfter).toBe(4_000);
  });
});

describe('the appointed prober', () => {
  it('is one, as long as its probes fail, however many are asked', async () => {
    const { time, all } = await appointedFleet(5);
    for (const each of all) open(each);
    // More than three minutes of a dead service: each time it was another's turn, or the same again, but never two's.
    const turns: number[] = [];
    for (let passed = 0; passed < 200_000; passed += 250) {
      const before = all.map(({ rules }) => rules.length);
      const probing = all.filter(({ breaker }) => breaker.state === 'half-open');
      expect(probing.length).toBeLessThanOrEqual(1);
      for (const each of all) each.call('failure');
      for (const [i, { rules }] of all.entries()) if (rules.length > (before[i] as number)) turns.push(i);
      await time.pass(250);
    }
    expect(turns.length).toBeGreaterThan(12);
    expect(all.every(({ rules }) => rules.includes('appointed'))).toBe(true);
  });

  it('is named in the reports of all, as long as it is appointed', async () => {
    const { time, all } = await appointedFleet(3);
    const named = () => new Set(all.map(({ sharing }) => sharing.report().circuits[0]?.appointed));
    for (const each of all) open(each);
    await time.pass(1_000);
    expect(named()).toEqual(new Set([undefined]));
    const probing = () => all.find(({ breaker }) => breaker.state === 'half-open');
    while (!probing()) {
      for (const { breaker } of all) breaker.tryAcquire()?.settle('ignored');
      await time.pass(250);
    }
    await time.pass(500);
    expect(named()).toEqual(new Set([probing()?.sharing.report().life]));
    await calling(all, 'success', 20_000, time);
    expect(states(all)).toEqual(['closed', 'closed', 'closed']);
    expect(named()).toEqual(new Set([undefined]));
  });

  it('spares a fleet with default plugs most of the probes of a long outage', async () => {
    const failed = async (isAppointed: boolean): Promise<number> => {
      const { time, bus, register } = scene();
      const all = await fleet(20, time, bus, {}, isAppointed ? { prober: appointed(register) } : {});
      let probes = 0;
      for (let passed = 0; passed < 100_000; passed += 200) {
        for (const each of all) if (each.breaker.state !== 'closed' && each.call('failure')) probes++;
        for (const each of all) if (each.breaker.state === 'closed') each.call('failure');
        await time.pass(200);
      }
      return probes;
    };
    expect(3 * (await failed(true))).toBeLessThan(await failed(false));
  });

  it('lets others be first for half a second once its probe has failed', async () => {
    const { time, all } = await appointedFleet(2);
    for (const each of all) open(each);
    const nextProbe = async () => {
      do await time.pass(50);
      while (!all[0]?.call('failure'));
      return time.now();
    };
    const failedAt = await nextProbe();
    const rest = (await nextProbe()) - failedAt;
    expect(rest).toBeGreaterThanOrEqual(10_500);
    expect(rest).toBeLessThan(11_000);
  });

  it('is not appointed before anybody has asked', async () => {
    const { time, register, all } = await appointedFleet(2);
    for (const each of all) open(each);
    await time.pass(60_000);
    expect(states(all)).toEqual(['open', 'open']);
    expect(await register.written()).not.toHaveProperty('lease');
    expect(all[1]?.call('success')).toBe(false);
    while (!(await register.written())['lease']) await time.pass(10);
    expect(states(all)).toEqual(['open', 'half-open']);
    expect(await register.written()).toMatchObject({ lease: { by: all[1]?.sharing.report().life, for: 10_000 } });
  });

  it('goes half-open as soon as it has the answer, and is one also if answers take a while', async () => {
    const { time, register, all } = await appointedFleet(3);
    register.is = 'late';
    register.delay = 120;
    for (const each of all) open(each);
    for (let turn = 0; turn < 5; turn++) {
      while (!states(all).includes('half-open')) {
        expect(await register.written()).not.toHaveProperty('lease');
        for (const each of all) each.call('failure');
        await time.pass(10);
      }
      expect(states(all).filter((state) => state === 'half-open').length).toBe(1);
      for (const each of all) each.call('failure');
      await time.pass(150);
    }
  });

  it('wakes all others once its circuit has closed, and they ask for themselves', async () => {
    const { time, register, all } = await appointedFleet(4);
    for (const each of all) open(each);
    await calling(all, 'failure', 9_000, time);
    expect(await calling(all, 'success', 30_000, time)).toEqual(new Set([0, 1, 2, 3]));
    expect(states(all)).toEqual(Array(4).fill('closed'));
    expect(await register.written()).toMatchObject({ state: 'closed' });
    expect(all.filter(({ rules }) => rules.includes('appointed')).length).toBe(1);
    expect(all.filter(({ rules }) => rules.includes('others')).length).toBe(3);
    const before = register.swaps;
    await calling(all, 'success', 10_000, time);
    expect(register.swaps).toBe(before);
  });

  it('keeps its lease while a probe is in flight, and loses it when it makes no use of it', async () => {
    const { time, register, all } = await appointedFleet(2);
    for (const each of all) open(each);
    await calling(all, 'failure', 9_000, time);
    for (const each of all) each.call('failure');
    await time.pass(3_000);
    const [first, second] = [...all].sort((one) => (one.breaker.state === 'half-open' ? -1 : 1)) as [
      Instance,
      Instance,
    ];
    const probe = first.breaker.acquire();
    const before = register.swaps;
    for (let i = 0; i < 100; i++) {
      second.call('failure');
      await time.pass(250);
    }
    expect(await register.written()).toMatchObject({ lease: { by: first.sharing.report().life } });
    expect(second.breaker.state).toBe('open');
    // Each third of 10 s, for 25 s.
    expect(register.swaps - before).toBeGreaterThan(5);
    expect(register.swaps - before).toBeLessThan(10);
    probe.settle('ignored');
    for (let i = 0; i < 60; i++) {
      second.call('failure');
      await time.pass(250);
    }
    expect(second.rules).toContain('appointed');
  });

  it('is replaced when its lease is over, if it has died', async () => {
    const { time, bus, register, all } = await appointedFleet(3);
    // One with a clock of its own, which stops with it.
    const own = new VirtualTime();
    const passes = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 50) await Promise.all([own.pass(50), time.pass(50)]);
    };
    const mortal = instance(own, bus, RULE, { prober: appointed(register) });
    await passes(1_000);
    for (const each of [mortal, ...all]) open(each);
    await passes(11_000);
    // Only this one is asked.
    mortal.call('failure');
    await passes(500);
    expect(mortal.breaker.state).toBe('half-open');
    const diedAt = time.now();
    while (!all.some(({ breaker }) => breaker.state === 'half-open')) {
      for (const each of all) each.call('failure');
      await time.pass(250);
    }
    expect(time.now() - diedAt).toBeGreaterThan(9_000);
    expect(time.now() - diedAt).toBeLessThanOrEqual(11_000);
    // It comes back with a lease that is not its own any more: what it says loses.
    const now = await register.written();
    await own.pass(1_000);
    mortal.call('failure');
    await own.pass(1_000);
    expect(await register.written()).toEqual(now);
  });

  it('hands its lease over when it is closed', async () => {
    const { time, register, all } = await appointedFleet(2);
    for (const each of all) open(each);
    await calling(all, 'failure', 9_000, time);
    for (const each of all) each.call('failure');
    await time.pass(3_000);
    const first = all.find(({ breaker }) => breaker.state === 'half-open') as Instance;
    await first.sharing.close();
    expect(await register.written()).not.toHaveProperty('lease');
    const second = all.find((each) => each !== first) as Instance;
    await time.pass(300);
    second.call('failure');
    await time.pass(600);
    expect(second.breaker.state).toBe('half-open');
  });

  it('does not wait for a register that stands still when it is closed', async () => {
    const { time, register, all } = await appointedFleet(1);
    const [one] = all as [Instance];
    open(one);
    while (one.breaker.state !== 'half-open') {
      one.call('failure');
      await time.pass(50);
    }
    register.is = 'frozen';
    let isClosed = false;
    const closing = one.sharing.close().then(() => {
      isClosed = true;
    });
    await time.pass(500);
    expect(isClosed).toBe(false);
    await time.pass(600);
    await closing;
  });

  it('goes half-open also if it was not told that it is appointed', async () => {
    const { time, register, all } = await appointedFleet(1);
    open(all[0]);
    await time.pass(9_000);
    all[0]?.call('failure');
    register.swapIs = 'mute';
    await time.pass(1_500);
    expect(await register.written()).toHaveProperty('lease');
    register.swapIs = undefined;
    await time.pass(2_500);
    expect(all[0]?.rules).toEqual(['consecutiveFailures', 'appointed']);
  });
});

describe('an instance', () => {
  it('does not believe a reading that the answer to a later swap has overtaken', async () => {
    const { time, bus, register } = scene();
    const quick = { ...RULE, openFor: fixed(100) };
    const [one] = (await fleet(1, time, bus, quick, { prober: appointed(register) })) as [Instance];
    open(one);
    while (one.breaker.state !== 'half-open') {
      one.call('failure');
      await time.pass(50);
    }
    // It is read that the lease is its own, which is answered when the probe has failed and the lease is given back.
    register.readingTakes = 600;
    await time.pass(300);
    one.call('failure');
    await time.pass(1_500);
    expect(await register.written()).not.toHaveProperty('lease');
    expect(one.rules.filter((rule) => rule === 'appointed')).toHaveLength(1);
    expect(one.breaker.state).toBe('open');
  });

  const OTHER = { state: 'open', wait: 5_000, rule: 'cusum', by: 'somebody' };
  const LEASED = { ...OTHER, lease: { by: 'somebody', for: 10_000 } };

  it('does not ask to probe before its own openFor is over', async () => {
    const { time, bus, register } = scene();
    const slow = { ...RULE, openFor: fixed(30_000) };
    const [one] = await fleet(1, time, bus, slow, { prober: appointed(register) });
    await register.write(OTHER);
    open(one);
    expect(await calling([one as Instance], 'failure', 29_000, time)).toEqual(new Set());
    // Only its opening, which came second.
    expect(register.swaps).toBe(1);
    expect(await calling([one as Instance], 'failure', 3_000, time)).toEqual(new Set([0]));
  });

  it('writes its own opening over what somebody said before, if that is over', async () => {
    const { time, register, all } = await appointedFleet(1);
    await register.write(OTHER);
    all[0]?.call('success');
    await time.pass(6_000);
    open(all[0]);
    await time.pass(500);
    expect(await register.written()).toMatchObject({ wait: 10_000, by: all[0]?.sharing.report().life });
  });

  it('does not probe again at once if its probe has failed before it learnt that it was appointed', async () => {
    const { time, register, all } = await appointedFleet(1);
    const only = all as [Instance];
    open(only[0]);
    await time.pass(9_000);
    only[0].call('failure');
    register.swapIs = 'mute';
    while (!(await register.written())['lease']) await time.pass(10);
    register.is = 'frozen';
    // The hold runs out, and the probe fails.
    expect(await calling(only, 'failure', 4_000, time)).toEqual(new Set([0]));
    register.is = 'well';
    register.swapIs = undefined;
    expect(await calling(only, 'failure', 7_000, time)).toEqual(new Set());
    expect(await register.written()).not.toHaveProperty('lease');
  });

  it('asks again after it has closed and opened, also if nothing else was written meanwhile', async () => {
    const { time, register, all } = await appointedFleet(1);
    const [one] = all as [Instance];
    one.call('success');
    open(one);
    await time.pass(500);
    for (let i = 0; i < 20; i++) one.call('success');
    await register.write(LEASED);
    await time.pass(500);
    one.breaker.reset();
    open(one);
    await time.pass(12_000);
    one.call('success');
    await time.pass(1_000);
    expect(one.breaker.state).toBe('half-open');
  });

  it('follows others for ten minutes without a call of its own, and not for longer', async () => {
    const { time, register, all } = await appointedFleet(1);
    const [one] = all as [Instance];
    open(one);
    let minutes = 0;
    for (; one.breaker.state === 'open' && minutes < 20; minutes += 1 / 20) {
      await register.write(LEASED);
      one.call('failure');
      await time.pass(3_000);
    }
    expect(minutes).toBeGreaterThan(9.9);
    expect(minutes).toBeLessThan(10.4);
  });

  it('is told of the end by the register alone, not by the first success of the one that probes', async () => {
    const { time, bus, register } = scene();
    const rule = { ...RULE, recover: probes({ permitted: 1, successes: 3 }) };
    const all = await fleet(3, time, bus, rule, { prober: appointed(register) });
    for (const each of all) open(each);
    await time.pass(11_000);
    all[0]?.call('success');
    await time.pass(1_000);
    for (let i = 0; i < 2; i++) {
      all[0]?.call('success');
      await time.pass(3_000);
    }
    expect(states(all)).toEqual(['half-open', 'open', 'open']);
    all[0]?.call('success');
    await time.pass(500);
    expect(states(all)).toEqual(['closed', 'half-open', 'half-open']);
  });

  it('rests no longer because there are others, for they do not probe', async () => {
    const { time, bus, register } = scene();
    const openFor: BreakerOptions['openFor'] = ({ vitals }) => 10_000 * (vitals?.instances ?? 0);
    const all = await fleet(4, time, bus, { openFor }, { prober: appointed(register) });
    await time.pass(2_500);
    for (let i = 0; i < 5; i++) {
      await time.pass(10);
      all[0]?.call('failure');
    }
    expect(all[0]?.breaker.state).toBe('open');
    expect(all[0]?.breaker.retryAfter).toBeLessThan(14_000);
  });

  it('is left alone by what is written once its sharing is closed', async () => {
    const { time, bus } = scene();
    const register = memoryRegister({ clock: time });
    const [one] = await fleet(1, time, bus, RULE, { carryModes: true, prober: appointed(register) });
    await one?.sharing.close();
    const mode = { count: 1, life: 'somebody', mode: 'isolated' };
    await register.swap(KEY, undefined, JSON.stringify({ ...OTHER, mode }), 1e6);
    await time.pass(5_000);
    expect([one?.breaker.mode, one?.breaker.state]).toEqual(['active', 'closed']);
  });
});

describe('a register that can be watched', () => {
  it('is read once a second while a circuit is open, and tells of changes at once', async () => {
    const { time, bus } = scene();
    const register = memoryRegister({ clock: time });
    let reads = 0;
    const counted: Register = {
      ...register,
      read: (prefix) => {
        reads++;
        return register.read(prefix);
      },
    };
    const rule = { ...RULE, recover: probes({ permitted: 1, successes: 1 }) };
    const all = await fleet(2, time, bus, rule, { prober: appointed(counted) });
    for (const each of all) open(each);
    reads = 0;
    await time.pass(20_000);
    expect(reads).toBeLessThanOrEqual(2 * 21);
    while (!states(all).includes('half-open')) {
      for (const each of all) each.call('failure');
      await time.pass(50);
    }
    for (const each of all) each.call('success');
    await time.pass(10);
    expect(states(all)).not.toContain('open');
  });

  it('is no longer watched once the sharing has closed', async () => {
    const { time, bus } = scene();
    const watchers = new Set<string>();
    const watched: Register = {
      ...memoryRegister({ clock: time }),
      watch: (prefix) => {
        watchers.add(prefix);
        return () => watchers.delete(prefix);
      },
    };
    const [one] = await fleet(1, time, bus, RULE, { prober: appointed(watched) });
    expect([...watchers]).toEqual(['test/']);
    await one?.sharing.close();
    expect([...watchers]).toEqual([]);
  });
});

describe('a register that does not answer', () => {
  it.each(['failing', 'mute', 'frozen', 'late'] as const)('leaves each to itself if it is %s', async (is) => {
    const { time, register, all } = await appointedFleet(3);
    register.is = is;
    for (const each of all) open(each);
    await calling(all, 'failure', 9_000, time);
    expect(states(all)).toEqual(Array(3).fill('open'));
    // 10 s, and at most 3 s for the register.
    expect(await calling(all, 'failure', 4_500, time)).toEqual(new Set([0, 1, 2]));
    expect(all.map(({ events }) => events.filter(({ type }) => type === 'fault').length)).toEqual([1, 1, 1]);
    // From then on nobody waits for it.
    for (const { breaker } of all) expect(breaker.retryAfter).toBeLessThanOrEqual(10_000);
  });

  it('holds nobody, also if nobody asks', async () => {
    const { time, register, all } = await appointedFleet(1);
    open(all[0]);
    await time.pass(5_000);
    register.is = 'frozen';
    await time.pass(20_000);
    expect(all[0]?.call('failure')).toBe(true);
  });

  it('is noticed within three seconds in the middle of an outage, and used again when it is back', async () => {
    const { time, register, all } = await appointedFleet(3);
    for (const each of all) open(each);
    await calling(all, 'failure', 25_000, time);
    register.is = 'frozen';
    expect(await calling(all, 'failure', 15_000, time)).toEqual(new Set([0, 1, 2]));
    register.is = 'well';
    await calling(all, 'failure', 15_000, time);
    for (let i = 0; i < 200; i++) {
      expect(all.filter(({ breaker }) => breaker.state === 'half-open').length).toBeLessThanOrEqual(1);
      await calling(all, 'failure', 250, time);
    }
  });
});

describe('what is written', () => {
  it('opens the circuit of a newcomer that has made no call, and of nobody else', async () => {
    const { time, bus, register } = scene();
    // With carryModes the register is read in peace too.
    const sharing = { prober: appointed(register), carryModes: true };
    const all = await fleet(2, time, bus, RULE, sharing);
    all[1]?.call('success');
    open(all[0]);
    await time.pass(4_000);
    const [late] = await fleet(1, time, bus, { ...RULE, openFor: fixed(50_000) }, sharing);
    expect(late?.rules).toEqual(['register']);
    expect(states(all)).toEqual(['open', 'closed']);
    // It is due when the others are, whatever its own openFor says; and by itself if the register falls silent.
    expect(late?.breaker.retryAfter).toBeLessThanOrEqual(8_000);
    register.is = 'frozen';
    await time.pass(8_000);
    expect(late?.breaker.state).toBe('half-open');
  });

  it('lets a newcomer probe when the wait of the others is over', async () => {
    const { time, register } = scene();
    await register.write({ state: 'open', wait: 5_000, rule: 'cusum', by: 'somebody' });
    const slow = { ...RULE, openFor: fixed(50_000) };
    const one = instance(time, new TestBus(), slow, { prober: appointed(register) });
    await time.pass(1_000);
    await calling([one], 'success', 5_000, time);
    expect(one.rules).toEqual(['register', 'appointed', 'probes']);
  });

  it('stays if an operator closes the circuit at one instance', async () => {
    const { time, register, all } = await appointedFleet(2);
    for (const each of all) open(each);
    await time.pass(1_000);
    all[0]?.breaker.reset();
    await time.pass(1_000);
    expect(states(all)).toEqual(['closed', 'open']);
    expect(await register.written()).toMatchObject({ state: 'open' });
  });

  it('outlives all instances, and is nothing to go by once its time is over', async () => {
    const { time, register, all } = await appointedFleet(1);
    open(all[0]);
    await time.pass(1_000);
    await all[0]?.sharing.close();
    const late = instance(time, new TestBus(), RULE, { prober: appointed(register) });
    await time.pass(300);
    expect(late.breaker.state).toBe('open');
    await time.pass(30_000);
    const later = instance(time, new TestBus(), RULE, { prober: appointed(register) });
    await time.pass(300);
    expect(later.breaker.state).toBe('closed');
  });

  it.each(['', '{', '[]', '{"state":"open"}', '{"state":"open","wait":-1,"rule":"x","by":"y"}', '5', 'null'])(
    'is overwritten if it is %j',
    async (value) => {
      const { time, register, all } = await appointedFleet(1);
      await register.swap(KEY, undefined, value, 1e6);
      await time.pass(100);
      open(all[0]);
      await time.pass(1_000);
      expect(await register.written()).toMatchObject({ state: 'open' });
    },
  );

  it('is not read in peace', async () => {
    const { time, register } = await appointedFleet(1);
    const before = register.reads;
    await time.pass(600_000);
    expect(register.reads).toBe(before);
  });
});

describe("an operator's word", () => {
  const carried = { carryModes: true };

  it('leaves what else is written as it is, with the rest of its time', async () => {
    const { time, bus, register } = scene();
    const [one] = await fleet(1, time, bus, RULE, { ...carried, prober: appointed(register) });
    open(one);
    await time.pass(4_000);
    one?.sharing.setMode(one.breaker, 'shadow');
    await time.pass(500);
    const written = await register.written();
    expect(written).toMatchObject({ state: 'open', mode: { mode: 'shadow' } });
    expect(written['wait']).toBeGreaterThan(5_000);
    expect(written['wait']).toBeLessThanOrEqual(6_500);
  });

  it('is kept in the register, for those that come when all others have gone', async () => {
    const { time, bus, register } = scene();
    const [one] = await fleet(1, time, bus, RULE, { ...carried, prober: appointed(register) });
    one?.sharing.setMode(one.breaker, 'isolated');
    await time.pass(500);
    await one?.sharing.close();
    await time.pass(7_200_000);
    const [late] = await fleet(1, time, bus, RULE, { ...carried, prober: appointed(register) });
    expect(late?.breaker.mode).toBe('isolated');
    late?.sharing.setMode(late.breaker, 'active');
    await time.pass(500);
    expect(await register.written()).toMatchObject({ mode: { mode: 'active' } });
  });

  it('reaches instances that only the register connects, and stays written while circuits move', async () => {
    const { time, register } = scene();
    const all = [0, 1].map(() => instance(time, new TestBus(), RULE, { ...carried, prober: appointed(register) }));
    await time.pass(500);
    all[0]?.sharing.setMode(all[0].breaker, 'shadow');
    await time.pass(2_500);
    expect(all.map(({ breaker }) => breaker.mode)).toEqual(['shadow', 'shadow']);
    all[1]?.sharing.setMode(all[1].breaker, 'active');
    await time.pass(2_500);
    open(all[0]);
    await time.pass(500);
    expect(await register.written()).toMatchObject({ state: 'open', mode: { mode: 'active', count: 2 } });
  });

  it('is obeyed by nobody without carryModes', async () => {
    const { time, bus, register } = scene();
    const [one] = await fleet(1, time, bus, RULE, { ...carried, prober: appointed(register) });
    one?.sharing.setMode(one.breaker, 'isolated');
    await time.pass(500);
    const [other] = await fleet(1, time, bus, RULE, { prober: appointed(register) });
    expect(other?.breaker.mode).toBe('active');
  });
});

describe('where there are no timers', () => {
  it('does what is due in sync', async () => {
    const { time, register } = scene();
    const breaker = createBreaker({ name: 'payments', clock: time, ...RULE });
    const scheduler = { after: () => () => {} };
    const bus = new TestBus();
    const sharing = share(breaker, { group: 'test', bus, scheduler, clock: time, prober: appointed(register) });
    await sharing.sync();
    for (let i = 0; i < 3; i++) breaker.tryAcquire()?.settle('failure');
    await sharing.sync();
    expect(await register.written()).toMatchObject({ state: 'open' });
    for (let i = 0; i < 60; i++) {
      breaker.tryAcquire();
      time.jump(250);
      await sharing.sync();
    }
    expect(await register.written()).toHaveProperty('lease');
    await sharing.close();
    expect(sharing.sync()).toBeUndefined();
  });
});

describe('appointed', () => {
  it('refuses what is no register, and share what is no prober', () => {
    expect(() => appointed({ read: () => {} } as never)).toThrow(/swap/);
    const { bus } = scene();
    const breaker = createBreaker({ name: 'payments' });
    expect(() => share(breaker, { group: 'test', bus, prober: {} as never })).toThrow(/prober/);
  });

  it('survives a register that throws, answers nonsense, or cannot be watched', async () => {
    const { time, bus } = scene();
    const nonsense = [
      {
        read: () => {
          throw new Error('no');
        },
        swap: () => {
          throw new Error('no');
        },
      },
      { read: async () => 5, swap: async () => undefined },
      { read: async () => new Map(), swap: async () => ({ won: true, now: undefined }) },
      { read: async () => new Map([[KEY, { version: 1, value: {}, age: 'x' }]]), swap: async () => ({}) },
      {
        ...memoryRegister({ clock: time }),
        watch: () => {
          throw new Error('no');
        },
      },
    ];
    for (const register of nonsense) {
      const one = instance(time, bus, RULE, { prober: appointed(register as never) });
      await time.pass(1_000);
      open(one);
      await calling([one], 'failure', 30_000, time);
      expect(one.rules.length).toBeGreaterThan(2);
      await one.sharing.close();
    }
  });
});
