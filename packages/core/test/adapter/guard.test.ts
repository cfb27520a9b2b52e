import { describe, expect, it, vi } from 'vitest';
import { type GuardOptions, guard } from '../../src/adapter/index.ts';
import { type BreakerEvent, CircuitOpenError, createBreaker, type Outcome } from '../../src/index.ts';
import { deferred } from '../breaker/breakers.ts';

const byDefault: GuardOptions<string>['byDefault'] = (ending) => ('error' in ending ? 'failure' : 'success');

function watched() {
  const breaker = createBreaker({ name: 'search' });
  const outcomes: (string | undefined)[] = [];
  const record = (event: BreakerEvent) => {
    if (event.type === 'outcome') outcomes.push(event.kind ? `${event.outcome} ${event.kind}` : event.outcome);
  };
  breaker.subscribe(record, { outcomes: true });
  return { breaker, outcomes };
}

const fault = new Error('down');
const down = () => Promise.reject(fault);

describe('guard', () => {
  it('returns the value and rejects with the error of the call, untouched', async () => {
    const { breaker, outcomes } = watched();
    await expect(guard(breaker, () => 'here', { byDefault })).resolves.toBe('here');
    await expect(guard(breaker, down, { byDefault })).rejects.toBe(fault);
    expect(outcomes).toEqual(['success', 'failure']);
  });

  it('has settled before the caller goes on', async () => {
    const { breaker, outcomes } = watched();
    await guard(breaker, down, { byDefault }).catch(() => outcomes.push('caller'));
    expect(outcomes).toEqual(['failure', 'caller']);
  });

  it('throws synchronously what the call throws synchronously, and settles it', () => {
    const { breaker, outcomes } = watched();
    const call = () => {
      throw fault;
    };
    expect(() => guard(breaker, call, { byDefault })).toThrow(fault);
    expect(outcomes).toEqual(['failure']);
  });

  it.each<[string, unknown]>([
    ['a reason of its own', 'gone'],
    ['null', null],
  ])('makes no call and takes no permit if the signal has fired: %s', async (_name, reason) => {
    const { breaker, outcomes } = watched();
    const call = vi.fn(() => 'here');
    const signal = { aborted: true, reason };
    breaker.trip();
    await expect(guard(breaker, call, { byDefault, signal })).rejects.toBe(reason);
    expect(call).not.toHaveBeenCalled();
    expect(outcomes).toEqual([]);
    expect(breaker.metrics().rejected).toBe(0);
  });

  it.each<[who: string, options: Partial<GuardOptions<string>>, outcome: string]>([
    ['the caller’s signal before everything else', { signal: firing(), classify: () => 'failure' }, 'ignored'],
    [
      'what the adapter knows of the caller before all',
      { ofCaller: () => 'ignored', classify: () => 'failure' },
      'ignored',
    ],
    ['the user’s classifier before a fault of this side', { classify: () => 'success', ownFault: own }, 'success'],
    ['a fault of this side before the default', { ownFault: own }, 'ignored mistake'],
    ['a fault that is a promise', { ownFault: async () => own() }, 'ignored mistake'],
    ['the default where asking fails', { ownFault: () => Promise.reject(new Error('unreadable')) }, 'failure'],
    ['the default otherwise', { ownFault: () => undefined, classify: () => undefined }, 'failure'],
  ])('classifies a rejection by %s', async (_who, options, outcome) => {
    const { breaker, outcomes } = watched();
    const { signal } = options;
    const call = () => {
      Object.assign(signal ?? {}, { aborted: true });
      return down();
    };
    await expect(guard(breaker, call, { byDefault, ...options })).rejects.toBe(fault);
    await vi.waitFor(() => expect(outcomes).toEqual([outcome]));
  });

  it('does not keep the caller waiting for a fault that is a promise', async () => {
    const { breaker, outcomes } = watched();
    const { promise, resolve } = deferred();
    await expect(guard(breaker, down, { byDefault, ownFault: () => promise as Promise<undefined> })).rejects.toBe(
      fault,
    );
    expect(outcomes).toEqual([]);
    resolve(undefined);
    await vi.waitFor(() => expect(outcomes).toEqual(['failure']));
  });

  it('rejects a refused call with the breaker’s own error unless the adapter answers it', async () => {
    const { breaker } = watched();
    breaker.trip();
    await expect(guard(breaker, () => 'here', { byDefault })).rejects.toBeInstanceOf(CircuitOpenError);
    const onRefused = ({ breaker: name }: CircuitOpenError) => `no ${name}`;
    await expect(guard(breaker, () => 'here', { byDefault, onRefused })).resolves.toBe('no search');
    const thrown = new RangeError('mine');
    const throwing = () => {
      throw thrown;
    };
    await expect(guard(breaker, () => 'here', { byDefault, onRefused: throwing })).rejects.toBe(thrown);
  });

  it('lets an adapter settle a value later, and hand out another', async () => {
    const { breaker, outcomes } = watched();
    let end: (() => void) | undefined;
    const received: GuardOptions<string>['received'] = (value, settle) => {
      end = () => settle({ value });
      return `${value}, watched`;
    };
    await expect(guard(breaker, () => 'body', { byDefault, received })).resolves.toBe('body, watched');
    expect(outcomes).toEqual([]);
    end?.();
    expect(outcomes).toEqual(['success']);
  });

  it('notifies an adapter of each settlement', async () => {
    const settled = vi.fn();
    await guard(createBreaker({ name: 'a' }), () => 'here', { byDefault, settled });
    expect(settled.mock.calls).toEqual([['success', { value: 'here' }]]);
  });

  it('settles a permit that the adapter acquires in its own way', async () => {
    const settle = vi.fn<(outcome: Outcome | object) => void>();
    await guard(createBreaker({ name: 'a' }), () => 'here', { byDefault, acquire: () => ({ settle }) });
    expect(settle.mock.calls).toEqual([['success']]);
  });
});

/** A signal that fires while the call is under way. */
function firing(): { aborted: boolean; reason: unknown } {
  return { aborted: false, reason: new Error('left') };
}

function own() {
  return { outcome: 'ignored', kind: 'mistake' } as const;
}
