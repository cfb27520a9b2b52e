import { describe, expect, it } from 'vitest';
import { guard, type Upload, watchUpload } from '../../src/adapter/index.ts';
import { type BreakerEvent, createBreaker } from '../../src/index.ts';
import { deferred } from '../breaker/breakers.ts';

const fault = new Error('down');

/** A call that fails while it sends this upload; what it was classified as, and what happened in which order. */
function failing(upload: Partial<Upload> | undefined, isMistake = false, send = () => Promise.reject(fault)) {
  const breaker = createBreaker({ name: 'search' });
  const steps: string[] = [];
  const record = (event: BreakerEvent) => {
    if (event.type === 'outcome') steps.push(event.kind ? `${event.outcome} ${event.kind}` : event.outcome);
  };
  breaker.subscribe(record, { outcomes: true });
  const begin = () => upload && { hasBroken: () => false, leave: () => void steps.push('left'), ...upload };
  const { call, ownFault } = watchUpload<string>(send, begin, () => isMistake);
  const made = () =>
    guard(breaker, call, { ownFault, byDefault: (ending) => ('error' in ending ? 'failure' : 'success') });
  return { made, steps, breaker };
}

describe('a call with an upload', () => {
  it.each<[rule: string, upload: Partial<Upload> | undefined, isMistake: boolean, outcome: string]>([
    ['whose source broke is ignored', { hasBroken: () => true }, false, 'ignored upload'],
    ['whose source broke, as is known later', { hasBroken: async () => true }, false, 'ignored upload'],
    ['whose source is whole is a failure', { hasBroken: async () => false }, false, 'failure'],
    ['whose source cannot be checked is a failure', { hasBroken: () => Promise.reject(fault) }, false, 'failure'],
    ['that could not be made is a mistake', {}, true, 'ignored mistake'],
    ['without a source that can break is a failure', undefined, false, 'failure'],
    ['without a source that can break may be a mistake', undefined, true, 'ignored mistake'],
  ])('%s', async (_rule, upload, isMistake, outcome) => {
    const { made, steps } = failing(upload, isMistake);
    await expect(made()).rejects.toBe(fault);
    expect(steps).toEqual(upload ? ['left', outcome] : [outcome]);
  });

  it('whose files cannot be read is ignored, and its caller does not wait for that', async () => {
    const read = deferred<boolean>();
    const { made, steps } = failing({ hasUnreadableFiles: () => read.promise });
    await expect(made()).rejects.toBe(fault);
    expect(steps).toEqual(['left']);
    read.resolve(true);
    await expect.poll(() => steps).toEqual(['left', 'ignored upload']);
  });

  it('that throws synchronously does so, and stops observing the source', () => {
    const { made, steps } = failing({}, false, () => {
      throw fault;
    });
    expect(made).toThrow(fault);
    expect(steps).toEqual(['left', 'failure']);
  });

  it('that succeeds stops observing the source before its caller goes on', async () => {
    const { made, steps } = failing({}, false, (async () => 'here') as never);
    expect(await made()).toBe('here');
    expect(steps).toEqual(['left', 'success']);
  });

  it('that is refused does not touch the source', async () => {
    const { made, steps, breaker } = failing({});
    breaker.trip();
    await expect(made()).rejects.toThrow('is open');
    expect(steps).toEqual([]);
  });
});
