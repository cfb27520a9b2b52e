import { readFile } from 'node:fs/promises';
import { describe, expectTypeOf, it } from 'vitest';
import { createBreaker } from '../../src/index.ts';

const breaker = createBreaker({ name: 'payments' });

class Account {
  readonly balance = 5;
  async add(this: Account, amount: number): Promise<number> {
    return this.balance + amount;
  }
}

function find(id: number): Promise<Account>;
function find(name: string, exact: boolean): Promise<Account[]>;
async function find(by: number | string): Promise<Account | Account[]> {
  return typeof by === 'number' ? new Account() : [];
}

function parse(text: string): string;
function parse(text: number): number;
function parse(text: string | number): string | number {
  return text;
}

describe('a wrapped function', () => {
  it('takes the same arguments and returns a promise of the same value', () => {
    const charge = breaker.wrap(async (card: string, cents: number) => ({ card, cents }));
    expectTypeOf(charge).parameters.toEqualTypeOf<[card: string, cents: number]>();
    expectTypeOf(charge).returns.toEqualTypeOf<Promise<{ card: string; cents: number }>>();
    // @ts-expect-error an argument of another type
    charge('4242', '10');
    // @ts-expect-error an argument too few
    charge('4242');
    // @ts-expect-error an argument too many
    charge('4242', 10, 'EUR');
  });

  it('keeps optional and rest arguments', () => {
    const optional = breaker.wrap((_id: string, _limit?: number): void => {});
    expectTypeOf(optional).parameters.toEqualTypeOf<[_id: string, _limit?: number | undefined]>();
    const rest = breaker.wrap((_sql: string, ..._values: readonly Date[]) => 1);
    expectTypeOf(rest).parameters.toEqualTypeOf<[_sql: string, ..._values: Date[]]>();
  });

  it('is a method if it was one: this is kept and required', () => {
    const add = breaker.wrap(Account.prototype.add);
    expectTypeOf(add).thisParameter.toEqualTypeOf<Account>();
    expectTypeOf(add.call(new Account(), 1)).toEqualTypeOf<Promise<number>>();
    // @ts-expect-error called on nothing
    add(1);
    // @ts-expect-error called on something else
    add.call({ total: 1 }, 1);
  });

  it('that was synchronous returns a promise', () => {
    expectTypeOf(breaker.wrap(() => 7)).returns.toEqualTypeOf<Promise<number>>();
    expectTypeOf(breaker.wrap(() => {})).returns.toEqualTypeOf<Promise<void>>();
    expectTypeOf(breaker.wrap((): never => process.exit())).returns.toEqualTypeOf<Promise<never>>();
  });

  it('never returns a promise of a promise, even if only one of its results is one', () => {
    const cached = breaker.wrap((hit: boolean) => (hit ? new Date() : Promise.resolve(404)));
    expectTypeOf(cached).returns.toEqualTypeOf<Promise<Date | number>>();
    const thenable = breaker.wrap((): PromiseLike<string> => Promise.resolve('fine'));
    expectTypeOf(thenable).returns.toEqualTypeOf<Promise<string>>();
  });

  it('keeps type parameters', () => {
    const all = breaker.wrap(async <Item extends object>(items: Item): Promise<Item[]> => [items]);
    expectTypeOf(all({ id: 1 })).toEqualTypeOf<Promise<{ id: number }[]>>();
    // @ts-expect-error their bounds too
    all(1);
    const same = breaker.wrap(<Value>(value: Value): Value => value);
    expectTypeOf(same(new Date())).toEqualTypeOf<Promise<Date>>();
  });

  it('keeps overloads, asynchronous or not', () => {
    const found = breaker.wrap(find);
    expectTypeOf(found(1)).toEqualTypeOf<Promise<Account>>();
    expectTypeOf(found('Ann', true)).toEqualTypeOf<Promise<Account[]>>();
    // @ts-expect-error what no overload takes
    found('Ann');
    const parsed = breaker.wrap(parse);
    expectTypeOf(parsed('1')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(parsed(1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(breaker.wrap(readFile)('shop.json', 'utf8')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(breaker.wrap(readFile)('shop.json')).resolves.toHaveProperty('byteLength');
  });

  it('does not keep properties of the function', () => {
    const tagged = breaker.wrap(Object.assign((id: number) => id, { tag: 'v1' }));
    expectTypeOf(tagged).not.toHaveProperty('tag');
  });

  it('was a function', () => {
    // @ts-expect-error a promise: its call has been made already
    breaker.wrap(find(1));
    // @ts-expect-error a name
    breaker.wrap('find');
  });
});
