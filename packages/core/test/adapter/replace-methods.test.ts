import { describe, expect, it } from 'vitest';
import { type Method, observeEnding, replaceMethods } from '../../src/adapter/index.ts';
import type { Ending } from '../../src/index.ts';

class Client {
  readonly #rows = [1, 2];
  query(_text: string): number[] {
    return this.#rows;
  }
}

const counted =
  (calls: unknown[]) =>
  (original: () => Method): Method =>
    function (this: unknown, ...args) {
      calls.push(args);
      return original().apply(this, args);
    };

describe('replaceMethods', () => {
  it('replaces a method in place: same object, private fields, name and length', () => {
    const client = new Client();
    const calls: unknown[] = [];
    replaceMethods(client, { query: counted(calls) });
    expect(client.query('SELECT 1')).toEqual([1, 2]);
    expect(calls).toEqual([['SELECT 1']]);
    expect([client.query.name, client.query.length]).toEqual(['query', 1]);
    expect(Object.keys(client)).toEqual([]);
  });

  it('looks the original up at each call, because prototypes are patched later', () => {
    class Patched extends Client {}
    const client = new Patched();
    replaceMethods(client, { query: counted([]) });
    Patched.prototype.query = () => [3];
    expect(client.query('')).toEqual([3]);
  });

  it('skips names without a method', () => {
    const client = new Client();
    replaceMethods(client, { release: counted([]) }).eject();
    expect('release' in client).toBe(false);
  });

  it.each([
    ['inherited', new Client()],
    ['its own', { query: () => [1] }],
  ])('restores a method that is %s, once', (_whose, client) => {
    const before = client.query;
    const descriptor = Object.getOwnPropertyDescriptor(client, 'query');
    const patch = replaceMethods(client, { query: counted([]) });
    patch.eject();
    patch.eject();
    expect(client.query).toBe(before);
    expect(Object.getOwnPropertyDescriptor(client, 'query')).toEqual(descriptor);
  });

  it('leaves a method that other code has wrapped since', () => {
    const client = new Client();
    const patch = replaceMethods(client, { query: counted([]) });
    const ours = client.query;
    const theirs = (text: string) => ours.call(client, text);
    client.query = theirs;
    patch.eject();
    expect(client.query).toBe(theirs);
    expect(client.query('')).toEqual([1, 2]);
  });
});

describe('observeEnding', () => {
  it('observes a value or an error before the caller has it', async () => {
    const order: unknown[] = [];
    const observe = (ending: Ending) => order.push(ending);
    await (observeEnding(Promise.resolve(7), observe) as Promise<unknown>).then((value) => order.push(value));
    const error = new Error('down');
    await (observeEnding(Promise.reject(error), observe) as Promise<unknown>).catch((thrown) => order.push(thrown));
    expect(order).toEqual([{ value: 7 }, 7, { error }, error]);
  });

  it('returns anything but a promise as it is, unobserved', () => {
    const query = { rows: [] };
    expect(observeEnding(query, () => expect.unreachable())).toBe(query);
  });
});
