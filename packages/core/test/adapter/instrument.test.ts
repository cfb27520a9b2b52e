import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  batch,
  callback,
  either,
  emitter,
  type InstrumentOptions,
  instrument,
  observe,
  promise,
} from '../../src/adapter/index.ts';
import { consecutiveFailures, createBreaker, isCircuitOpen } from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const DOWN = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
type Done = (error: unknown, value?: unknown) => void;

/** A client with a method of each form. `answer` says how calls end. */
class Client {
  readonly #private = 'own';
  answer: () => unknown = () => 'fine';
  reached = 0;

  #made(): unknown {
    this.reached++;
    return this.answer();
  }

  async promised(_what?: string): Promise<unknown> {
    return [this.#private, await this.#made()];
  }

  called(_what: string, done?: Done): string {
    const made = (): unknown => this.#made();
    queueMicrotask(() => {
      try {
        done?.(null, made());
      } catch (error) {
        done?.(error);
      }
    });
    return 'sent';
  }

  both(what: string, done?: Done): unknown {
    if (done) return this.called(what, done);
    return this.promised(what);
  }

  emitted(): EventEmitter {
    this.reached++;
    return new EventEmitter();
  }

  /** A batch whose commands are sent through the client. */
  pipeline(): { exec(): Promise<unknown[]> } {
    return { exec: () => Promise.all([this.promised('a'), this.promised('b')]) };
  }
}

const METHODS = {
  promised: promise(),
  called: callback(),
  both: either(),
  emitted: emitter({ ok: 'end', error: 'error' }),
  pipeline: batch(),
};

function instrumented(options: Partial<InstrumentOptions> = {}) {
  const clock = manualClock();
  const client = new Client();
  const onError = vi.fn();
  const breaker = createBreaker({ name: 'client', openWhen: consecutiveFailures(2), clock, onError });
  const outcomes: unknown[] = [];
  breaker.subscribe(
    ({ type, outcome, kind }) => type === 'outcome' && outcomes.push(kind ? `${outcome} ${kind}` : outcome),
    {
      outcomes: true,
    },
  );
  const patch = instrument(client, { breaker, methods: METHODS, ...options });
  return { client, breaker, clock, outcomes, onError, patch };
}

const fails =
  (error: unknown = DOWN) =>
  () => {
    throw error;
  };
const caught = (run: Promise<unknown>) =>
  run.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
const called = (client: Client, method: 'called' | 'both' = 'called') =>
  new Promise<readonly unknown[]>((resolve) => client[method]('x', (...answer) => resolve(answer)));

describe('a promise', () => {
  it('counts by its end; value and error are the host’s own', async () => {
    const { client, outcomes } = instrumented();
    expect(await client.promised('x')).toEqual(['own', 'fine']);
    client.answer = fails();
    expect(await caught(client.promised())).toBe(DOWN);
    expect(outcomes).toEqual(['success', 'failure ECONNREFUSED']);
  });

  it('rejects if the call is refused, and nothing is sent', async () => {
    const { client, breaker } = instrumented();
    breaker.trip();
    expect(isCircuitOpen(await caught(client.promised()))).toBe(true);
    expect(client.reached).toBe(0);
  });

  it('that is none, or an error thrown at once, has ended as well', () => {
    const { client, outcomes } = instrumented({ methods: { called: promise() } });
    expect(client.called('x')).toBe('sent');
    Object.setPrototypeOf(client, { called: fails() });
    expect(() => client.called('x')).toThrow(DOWN);
    expect(outcomes).toEqual(['success', 'failure ECONNREFUSED']);
  });
});

describe('a callback', () => {
  it('is called as the host calls it, and the call counts by its arguments', async () => {
    const { client, outcomes } = instrumented();
    expect(await called(client)).toEqual([null, 'fine']);
    client.answer = fails();
    expect(await called(client)).toEqual([DOWN]);
    expect(outcomes).toEqual(['success', 'failure ECONNREFUSED']);
  });

  it('gets a refusal, after the method has returned', async () => {
    const { client, breaker } = instrumented();
    breaker.trip();
    const done = vi.fn();
    expect(client.called('x', done)).toBeUndefined();
    expect(done).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(done.mock.calls.map(([error]) => isCircuitOpen(error))).toEqual([true]);
    expect(client.reached).toBe(0);
  });

  it('keeps its number of parameters', () => {
    const { client } = instrumented({ methods: { called: callback() } });
    const seen: unknown[] = [];
    Object.setPrototypeOf(client, { called: (_what: string, done: Done) => seen.push(done.length) });
    client.called('x', (_error, _value) => undefined);
    client.called('x', () => undefined);
    expect(seen).toEqual([2, 0]);
  });

  it('that is missing lets the call through', () => {
    const { client, breaker } = instrumented();
    breaker.trip();
    expect(client.called('x')).toBe('sent');
  });
});

it('either form is observed and refused in its own way', async () => {
  const { client, breaker, outcomes } = instrumented();
  expect([await called(client, 'both'), await client.both('x')]).toEqual([
    [null, 'fine'],
    ['own', 'fine'],
  ]);
  expect(outcomes).toEqual(['success', 'success']);
  breaker.trip();
  expect(isCircuitOpen((await called(client, 'both'))[0])).toBe(true);
  expect(isCircuitOpen(await caught(client.both('x') as Promise<unknown>))).toBe(true);
});

describe('an emitter', () => {
  it.each<[event: string, args: readonly unknown[], outcome: string]>([
    ['end', [], 'success'],
    ['error', [DOWN], 'failure ECONNREFUSED'],
    ['close', [], 'ignored'],
  ])('counts by %s, without a listener of ours', (event, args, outcome) => {
    const { client, outcomes } = instrumented();
    const made = client.emitted();
    const listener = vi.fn();
    made.on(event, listener);
    expect(made.listenerCount(event)).toBe(1);
    made.emit('data', 1);
    made.emit(event, ...args);
    made.emit('close');
    expect(outcomes).toEqual([outcome]);
    expect(listener).toHaveBeenCalledWith(...args);
    expect(Object.hasOwn(made, 'emit')).toBe(false);
  });

  it('with an error that nobody listens to still throws it', () => {
    const { client } = instrumented();
    expect(() => client.emitted().emit('error', DOWN)).toThrow(DOWN);
  });

  it('of a refused call is what `refuse` makes, or the refusal is thrown', () => {
    const refuse = vi.fn((error: unknown) => ({ refused: error }));
    const methods = { emitted: emitter({ ok: 'end', error: 'error', refuse }) };
    const [own, byDefault] = [instrumented({ methods }), instrumented()];
    for (const { breaker } of [own, byDefault]) breaker.trip();
    expect(own.client.emitted()).toHaveProperty('refused');
    expect(refuse).toHaveBeenCalledOnce();
    expect(() => byDefault.client.emitted()).toThrow('is open');
  });

  it('that is none has ended', () => {
    const { client, outcomes } = instrumented({ methods: { called: METHODS.emitted } });
    expect(client.called('x')).toBe('sent');
    expect(outcomes).toEqual(['success']);
  });
});

describe('a batch', () => {
  it('takes one permit for all its commands', async () => {
    const { client, outcomes } = instrumented();
    expect(await client.pipeline().exec()).toHaveLength(2);
    expect([outcomes, client.reached]).toEqual([['success'], 2]);
  });

  it('is refused as a whole', async () => {
    const { client, breaker } = instrumented();
    const made = client.pipeline();
    breaker.trip();
    expect(isCircuitOpen(await caught(made.exec()))).toBe(true);
    expect(client.reached).toBe(0);
  });

  it('without the method that sends it is left alone', () => {
    const { client } = instrumented({ methods: { called: batch('exec') } });
    expect(client.called('x')).toBe('sent');
  });
});

it('an observed call is never refused, and its ending is recorded with its duration', async () => {
  const { client, breaker, clock, outcomes } = instrumented({
    methods: { both: observe(), promised: observe(promise()) },
  });
  const durations: unknown[] = [];
  breaker.subscribe(({ type, duration }) => type === 'outcome' && durations.push(duration), { outcomes: true });
  client.answer = () => {
    clock.advance(30);
    throw DOWN;
  };
  expect(await caught(client.both('x') as Promise<unknown>)).toBe(DOWN);
  expect(await called(client, 'both')).toEqual([DOWN]);
  expect([outcomes, durations]).toEqual([
    ['failure ECONNREFUSED', 'failure ECONNREFUSED'],
    [30, 30],
  ]);
  expect(breaker.state).toBe('open');
  expect(await caught(client.promised())).toBe(DOWN);
});

describe('instrument', () => {
  it('counts once a method that calls others of the list', async () => {
    const { client, outcomes } = instrumented();
    await client.both('x');
    expect(outcomes).toEqual(['success']);
  });

  it('lets exempt calls through, and protects those for which `exempt` throws', async () => {
    const fault = new Error('a fault of exempt');
    const exempt: InstrumentOptions['exempt'] = ({ args }) => {
      if (args[0] === 'fault') throw fault;
      return args[0] === 'rollback';
    };
    const { client, breaker, onError } = instrumented({ exempt });
    breaker.trip();
    expect(await client.promised('rollback')).toEqual(['own', 'fine']);
    expect(isCircuitOpen(await caught(client.promised('fault')))).toBe(true);
    expect(onError).toHaveBeenCalledWith(fault, 'exempt');
  });

  it('lets a function pick the breaker by the method, the object and the arguments', async () => {
    const picks = vi.fn(() => undefined);
    const { client } = instrumented({ breaker: picks });
    await client.promised('x');
    expect(picks).toHaveBeenCalledWith({ method: 'promised', target: client, args: ['x'] });
  });

  it('asks the user’s classifier first, then the adapter’s, then the network’s codes', async () => {
    const { client, outcomes } = instrumented({
      classify: (_ending, { args }) => (args[0] === 'user' ? { outcome: 'ignored', kind: 'user' } : undefined),
      byDefault: (_ending, { args }) => (args[0] === 'adapter' ? { outcome: 'ignored', kind: 'adapter' } : undefined),
    });
    client.answer = fails();
    for (const what of ['user', 'adapter', 'network']) await caught(client.promised(what));
    expect(outcomes).toEqual(['ignored user', 'ignored adapter', 'failure ECONNREFUSED']);
  });

  it('does not make a call whose signal has fired, and ignores one whose signal fires meanwhile', async () => {
    const caller = new AbortController();
    const { client, outcomes } = instrumented({ signal: () => caller.signal });
    client.answer = () => {
      caller.abort('bored');
      throw DOWN;
    };
    expect(await caught(client.promised())).toBe(DOWN);
    expect(await caught(client.promised())).toBe('bored');
    expect((await called(client))[0]).toBe('bored');
    expect([outcomes, client.reached]).toEqual([['ignored'], 1]);
  });

  it('can be ejected, also below the wrapper of other code', async () => {
    const { client, breaker, patch } = instrumented();
    const ours = client.promised;
    client.promised = (what) => ours.call(client, what);
    breaker.trip();
    patch.eject();
    expect(await client.promised()).toEqual(['own', 'fine']);
  });

  it.each<[mistake: string, options: object, message: string]>([
    ['no breaker', { breaker: 5 }, 'breaker must be a breaker or a function that picks one'],
    ['a way that is not called', { methods: { promised: 'promise' } }, 'methods.promised must be a way'],
    ['a hook of another kind', { exempt: true }, 'exempt must be a function'],
    ['an unknown option', { method: {} }, "instrument has no option 'method'"],
  ])('says what is wrong: %s', (_mistake, options, message) => {
    expect(() => instrumented(options)).toThrow(message);
  });
});
