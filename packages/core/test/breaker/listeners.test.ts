import { describe, expect, it } from 'vitest';
import { isCircuitOpen, slowCallRate } from '../../src/index.ts';
import { fail, observed, succeed } from './breakers.ts';

describe('a listener', () => {
  it('receives moves and refusals in order, as data that survives a clone', async () => {
    const { breaker, clock, events } = observed();
    await fail(breaker);
    await fail(breaker);
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    await succeed(breaker);
    expect(events.map(({ type, from, to }) => (type === 'move' ? `${from}>${to}` : type))).toEqual([
      'closed>open',
      'reject',
      'open>half-open',
      'half-open>closed',
    ]);
    expect(structuredClone(events)).toEqual(events);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it('that throws changes no outcome, is reported, and does not affect other listeners', async () => {
    const reported: string[] = [];
    const { breaker } = observed({ onError: (error, where) => reported.push(`${where}: ${error}`) });
    const received: string[] = [];
    breaker.subscribe(
      () => {
        throw 'listener';
      },
      { outcomes: true },
    );
    breaker.subscribe(({ type }) => received.push(type), { outcomes: true });
    expect(await succeed(breaker)).toBe('fine');
    expect(await fail(breaker, 'down')).toBe('down');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(received).toEqual(['outcome', 'outcome', 'outcome', 'move']);
    expect(reported).toEqual(Array(4).fill('listener: listener'));
    expect(breaker.metrics().errors).toBe(4);
  });

  it('and onError may both throw without affecting the caller', async () => {
    const { breaker } = observed({
      onError: () => {
        throw new Error('onError');
      },
    });
    breaker.subscribe(() => {
      throw new Error('listener');
    });
    await fail(breaker);
    expect(await fail(breaker, 'down')).toBe('down');
    expect(breaker.state).toBe('open');
  });

  it('may use the breaker it listens to: the state is in place, and events keep their order', async () => {
    const { breaker, events } = observed();
    const seen: string[] = [];
    const unsubscribe = breaker.subscribe((event) => {
      if (event.type !== 'move') return;
      seen.push(`${event.from}>${event.to} at ${breaker.state}`);
      if (event.to === 'open') breaker.reset();
    });
    await fail(breaker);
    await fail(breaker);
    expect(seen).toEqual(['closed>open at open', 'open>closed at closed']);
    expect(events.map(({ to }) => to)).toEqual(['open', 'closed']);
    unsubscribe();
  });

  it('may close the circuit on a refusal: the refused caller is told to come back at once', () => {
    const { breaker } = observed();
    breaker.trip();
    breaker.subscribe(({ type }) => type === 'reject' && breaker.reset());
    expect(() => breaker.acquire()).toThrow(expect.objectContaining({ retryAfter: 0 }));
    expect(breaker.acquire().probe).toBe(false);
  });

  it('receives nothing after unsubscribing; others still do', () => {
    const { breaker, moves } = observed();
    const received: string[] = [];
    const unsubscribe = breaker.subscribe(({ type }) => received.push(type));
    unsubscribe();
    unsubscribe();
    breaker.trip();
    expect(received).toEqual([]);
    expect(moves()).toEqual(['closed>open']);
  });

  it('receives outcomes only if it asks for them, each with kind and duration', async () => {
    const { breaker, clock, events } = observed({ classify: () => ({ outcome: 'failure', kind: '503' }) });
    breaker.subscribe((event) => events.push(event), { outcomes: true });
    await breaker.run(() => clock.advance(40));
    expect(events).toMatchObject([
      { type: 'outcome', outcome: 'failure', kind: '503', duration: 40, breaker: 'payments' },
    ]);
  });

  it('receives the duration of a call that took no time, and none for a call that was not timed', async () => {
    const { breaker, events } = observed();
    breaker.subscribe((event) => events.push(event), { outcomes: true });
    await succeed(breaker);
    breaker.record('success');
    expect(events.map(({ outcome, duration }) => [outcome, duration])).toEqual([
      ['success', 0],
      ['success', undefined],
    ]);
  });

  it('receives whether a call was slow if the rule counts slow calls', async () => {
    const slowness = slowCallRate(0.5, { slowerThan: 50 });
    for (const [openWhen, received] of [
      [slowness, [undefined, true]] as const,
      [undefined, [undefined, undefined]] as const,
    ]) {
      const { breaker, clock, events } = observed(openWhen && { openWhen });
      breaker.subscribe((event) => events.push(event), { outcomes: true });
      for (const length of [49, 50]) await breaker.run(() => clock.advance(length));
      expect(events.map(({ slow }) => slow)).toEqual(received);
    }
  });

  it('receives each of many successes, even if it subscribes during a lull', async () => {
    const { breaker } = observed();
    for (let call = 0; call < 5; call++) await succeed(breaker);
    let received = 0;
    const unsubscribe = breaker.subscribe(() => received++, { outcomes: true });
    for (let call = 0; call < 5; call++) await succeed(breaker);
    unsubscribe();
    for (let call = 0; call < 5; call++) await succeed(breaker);
    expect(received).toBe(5);
    expect(breaker.metrics().calls).toBe(15);
  });
});

describe('reading', () => {
  it('state, retryAfter and metrics takes no probe and changes nothing', () => {
    const { breaker, clock, moves } = observed();
    breaker.trip();
    clock.advance(1_000);
    for (let reading = 0; reading < 5; reading++) {
      expect(breaker.state).toBe('half-open');
      expect(breaker.retryAfter).toBe(0);
      expect(breaker.metrics()).toMatchObject({ state: 'half-open', calls: 0, rejected: 0 });
    }
    expect(moves()).toEqual(['closed>open']);
    expect(breaker.tryAcquire()?.probe).toBe(true);
  });
});

describe('modes', () => {
  it('isolated refuses all calls, and gives it as the reason', async () => {
    const { breaker } = observed();
    breaker.setMode('isolated');
    const error = await fail(breaker);
    expect(isCircuitOpen(error)).toBe(true);
    expect(error).toMatchObject({ retryAfter: Number.POSITIVE_INFINITY, because: { rule: 'isolated', at: 1_000 } });
    expect(breaker.state).toBe('closed');
    breaker.setMode('active');
    expect(await succeed(breaker)).toBe('fine');
  });

  it('isolated refuses as isolated, even if the circuit is open', async () => {
    const { breaker, events } = observed();
    breaker.trip();
    breaker.setMode('isolated');
    expect(await fail(breaker)).toMatchObject({ because: { rule: 'isolated', at: 1_000 } });
    expect(events.at(-1)).toMatchObject({ type: 'reject', because: { rule: 'isolated' } });
  });

  it('disabled lets all through and counts nothing', async () => {
    const { breaker } = observed();
    breaker.trip();
    breaker.setMode('disabled');
    for (let call = 0; call < 3; call++) expect(await fail(breaker, 'down')).toBe('down');
    expect(breaker.metrics()).toMatchObject({ calls: 0, state: 'open' });
  });

  it('shadow refuses nothing, goes on counting, and reports each would-be opening once', async () => {
    const { breaker, clock, events } = observed();
    breaker.setMode('shadow');
    for (let call = 0; call < 4; call++) await fail(breaker);
    expect(breaker.state).toBe('closed');
    expect(breaker.metrics()).toMatchObject({ calls: 4, failures: 4 });
    clock.advance(1_000);
    await fail(breaker);
    expect(events.filter(({ type }) => type === 'wouldOpen')).toMatchObject([
      { because: { rule: 'consecutiveFailures', nextAttemptAt: 2_000 } },
      { because: { rule: 'consecutiveFailures', nextAttemptAt: 3_000 } },
    ]);
  });

  it('entering one clears the evidence; entering it again is no event', async () => {
    const { breaker, events } = observed();
    await fail(breaker);
    breaker.setMode('shadow');
    breaker.setMode('shadow');
    breaker.setMode('active');
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    expect(events.map(({ type, from, to }) => `${type} ${from}>${to}`)).toEqual([
      'mode active>shadow',
      'mode shadow>active',
    ]);
  });

  it('refuses a mode it does not know', () => {
    expect(() => observed().breaker.setMode('off' as never)).toThrow(
      "mode must be one of 'active', 'isolated', 'disabled', 'shadow', got 'off'",
    );
  });
});

describe('by hand', () => {
  it('orders without an effect make no event', () => {
    const { breaker, moves } = observed();
    breaker.reset();
    breaker.trip();
    breaker.trip();
    breaker.halfOpen();
    breaker.halfOpen();
    breaker.reset();
    breaker.reset();
    expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });

  it('trip opens for a given time', () => {
    const { breaker } = observed();
    breaker.trip(5);
    expect(breaker.retryAfter).toBe(5);
    expect(() => breaker.trip(Number.NaN)).toThrow('trip must be a number of at least 0, got NaN');
  });

  it('reset forgets the evidence even if the circuit does not move', async () => {
    const { breaker } = observed();
    await fail(breaker);
    breaker.reset();
    await fail(breaker);
    expect(breaker.state).toBe('closed');
  });
});
