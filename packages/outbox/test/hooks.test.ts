import { describe, expect, it } from 'vitest';
import type { OutboxOptions } from '../src/index.ts';
import { drainUntil, type Order, openOutbox } from './setup/open-outbox.ts';

/** What an error of an HTTP client looks like, when there was an answer. */
interface Answered {
  readonly response: { readonly status: number };
}
type Hooks = Partial<OutboxOptions<Order>>;

const broken = (): never => {
  throw new Error('broken hook');
};
const rejecting = (): Promise<never> => Promise.reject(new Error('broken hook'));
const failing: OutboxOptions<Order>['deliver'] = async ({ payload, attempt }) => {
  if (payload.order === 'bad' && attempt === 1) throw new Error('failed');
};

/** Things to throw at those who look at errors. */
const unreadable = {
  'an error without what a hook looks for': new Error('ECONNREFUSED'),
  'an error whose getters throw': Object.defineProperties(new Error('x'), {
    message: { get: broken },
    name: { get: broken },
    cause: { get: broken },
    code: { get: broken },
    stack: { get: broken },
  }),
  'an object without a prototype': Object.create(null) as object,
  'a proxy that throws': new Proxy({}, { get: broken, has: broken, getPrototypeOf: broken }),
  'a revoked proxy': revoked(),
  'an error whose toString returns an object': Object.assign(new Error('x'), { toString: () => ({}) }),
  undefined,
  null: null,
  'a symbol': Symbol('x'),
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Tries a message that fails once, and one that does not, and sees both delivered. */
async function survives(hooks: Hooks): Promise<readonly unknown[]> {
  const { outbox, errors } = await openOutbox({ lease: 300, poll: 20, deliver: failing, retryIn: () => 1, ...hooks });
  await outbox.add({ order: 'bad' });
  await outbox.add({ order: 'good' });
  await drainUntil(outbox, async () => (await outbox.counts()).delivered === 2);
  return errors;
}

describe('draining continues and reports', () => {
  it.each<[what: string, hooks: Hooks]>([
    ['an isPoison that throws', { isPoison: broken }],
    ['an isPoison that reads a missing property', { isPoison: (error) => (error as Answered).response.status === 400 }],
    ['an isPoison that promises', { isPoison: (async () => true) as never }],
    ['an isPoison that rejects', { isPoison: rejecting as never }],
    ['a retryIn that throws', { retryIn: broken }],
    ['a retryIn that rejects', { retryIn: rejecting as never }],
    ['a retryIn that promises', { retryIn: (async () => 1) as never }],
    ['a retryIn that answers NaN', { retryIn: () => Number.NaN }],
    ['a retryIn that answers less than nothing', { retryIn: () => -1 }],
    ['a retryIn that answers text', { retryIn: () => '1' as never }],
    ['a retryIn that answers a bigint', { retryIn: () => 1n as never }],
  ])('%s', async (_what, hooks) => {
    expect(await survives(hooks)).not.toEqual([]);
  });

  it('an onDelivered that throws at once, and tries again', async () => {
    let times = 0;
    const errors = await survives({ onDelivered: () => (times++ === 0 ? broken() : Promise.resolve()) });
    expect(errors).toEqual([new Error('broken hook')]);
  });
});

describe('draining continues', () => {
  it.each<[what: string, hooks: Hooks]>([
    ['an onError that throws', { onError: broken, isPoison: broken }],
    ['an onError that rejects', { onError: rejecting, isPoison: broken }],
    ['a retryIn that answers nothing', { retryIn: () => undefined as never }],
    ['an isPoison that answers nothing', { isPoison: () => undefined as never }],
    ['a synchronous deliver that throws', { deliver: (m) => (m.attempt === 1 ? broken() : Promise.resolve()) }],
    ['a deliver that answers at once', { deliver: (() => 'done') as never }],
  ])('whatever is done by %s', async (_what, hooks) => {
    await survives(hooks);
  });

  it('past an answer that is later than any time: the message waits a year at most', async () => {
    const { pool, table, outbox, errors } = await openOutbox({
      deliver: () => Promise.reject(new Error('failed')),
      retryIn: (attempt) => 1_000 * 2 ** (attempt * 2_000),
    });
    const message = await outbox.add({ order: 'A-1' }, { claim: true });
    await outbox.attempt(message!);
    const far = "not_before > now() + interval '364 days' as far, last_error from";
    expect((await pool.query(`select ${far} ${table}`)).rows).toEqual([{ far: true, last_error: 'Error: failed' }]);
    expect(errors).toEqual([]);
  });

  it.each(Object.entries(unreadable))(
    'when a delivery fails with %s, and sets the message aside',
    async (_what, thrown) => {
      const { outbox, errors } = await openOutbox({
        deliver: () => Promise.reject(thrown),
        attempts: 2,
        retryIn: () => 1,
      });
      await outbox.add({ order: 'A-1' });
      await drainUntil(outbox, async () => (await outbox.counts()).setAside === 1);
      expect(errors).toEqual([]);
    },
  );
});
