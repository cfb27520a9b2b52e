import { type AsyncStore, asyncStore } from './async-store.ts';

/** One of several callers at the same time, each of which lives in a store of its own, named after it. */
export interface Caller {
  readonly name: string;

  /** Writes down that this caller's work has come here, and whose store is seen here if it is not this caller's. */
  note(here: string): void;

  /** Where this caller's work waits while the others go on. */
  turn(): Promise<void>;
}

/** Callers who may meet in one circuit. */
export interface Callers {
  readonly store: AsyncStore;

  /** Writes down in whose store a hook is told, for the caller of that store. */
  note(here: string): void;

  /** By a name that has travelled with a call. */
  named(name: string): Caller;

  /** Lets them all act at once, each in its own store. */
  all(act: (caller: Caller) => Promise<unknown>): Promise<void>;

  /** What each has come by so far, sorted: in stores of their own, callers who do the same see the same. */
  seen(): Readonly<Record<string, readonly string[]>>;
}

/** Whoever makes others go on. No caller may find itself in this store. */
const ELSEWHERE = 'elsewhere';

/** Four by default: one more than any circuit here lets probe. */
export async function callers(names: readonly string[] = ['ann', 'bob', 'cid', 'dot']): Promise<Callers> {
  const store = (await asyncStore()) as AsyncStore;
  const seen: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
  const waiting: (() => void)[] = [];
  const write = (name: string, here: string) => seen[name]?.push(here) ?? Reflect.set(seen, name, [here]);

  /** Whoever came last goes on first, and is sent on from another store. */
  function turn(): Promise<void> {
    store.run(ELSEWHERE, () => later(() => waiting.pop()?.()));
    return new Promise((resolve) => waiting.push(resolve));
  }

  function named(name: string): Caller {
    const note = (here: string): void => {
      const whose = store.getStore();
      write(name, whose === name ? here : `${here}, in the store of ${whose ?? 'nobody'}`);
    };
    return { name, note, turn };
  }

  return {
    store,
    note: (here) => write(store.getStore() ?? 'nobody', here),
    named,
    all: (act) => Promise.all(names.map((name) => store.run(name, () => act(named(name))))).then(() => undefined),
    seen: () => Object.fromEntries(Object.entries(seen).map(([name, places]) => [name, [...places].sort()])),
  };
}

/** After everything that is on its way, where there are timers; else after much of it. */
function later(act: () => void): void {
  try {
    setTimeout(act);
  } catch {
    let end = Promise.resolve();
    for (let i = 0; i < 20; i++) end = end.then(() => undefined);
    end.then(act);
  }
}

/** What a caller comes by around a call: as it asks, when it is answered, and in a continuation beside. */
export async function around(
  caller: Caller,
  ask: () => PromiseLike<unknown>,
  named: (answer: { readonly value: unknown } | { readonly error: unknown }) => string,
): Promise<void> {
  const asked = ask();
  caller.note('asked');
  const beside = asked.then(
    () => caller.note('then'),
    () => caller.note('then'),
  );
  try {
    const value = await asked;
    caller.note(named({ value }));
  } catch (error) {
    caller.note(named({ error }));
  }
  await beside;
  caller.note('after');
}

/** What {@link around} writes down for a call that was made, and for one that was refused. */
export const made = (answer: string): string[] => ['after', answer, 'asked', 'call', 'call, later', 'then'].sort();
export const refused: readonly string[] = ['after', 'asked', 'refused', 'then'].sort();
