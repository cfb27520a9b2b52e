import { type AsyncStore, asyncStore } from './async-store.ts';

/** One of several concurrent callers. Each has an AsyncLocalStorage store of its own, named after it. */
export interface Caller {
  readonly name: string;

  /** Records that this caller's work reached this point, and the store seen here if it is another caller's. */
  note(here: string): void;

  /** Waits while the other callers continue. */
  turn(): Promise<void>;
}

/** Concurrent callers of one circuit. */
export interface Callers {
  readonly store: AsyncStore;

  /** Records that a hook ran, for the caller whose store it sees. */
  note(here: string): void;

  /** The caller of this name, which a call carries along. */
  named(name: string): Caller;

  /** Runs the action of all callers at once, each in its own store. */
  all(act: (caller: Caller) => Promise<unknown>): Promise<void>;

  /** The points that each caller has reached so far, sorted, so that equal callers have equal lists. */
  seen(): Readonly<Record<string, readonly string[]>>;
}

/** The store of the code that resumes waiting callers. No caller may see it. */
const ELSEWHERE = 'elsewhere';

/** Makes callers: four by default, one more than the probes that any circuit here permits. */
export async function callers(names: readonly string[] = ['ann', 'bob', 'cid', 'dot']): Promise<Callers> {
  const store = (await asyncStore()) as AsyncStore;
  const seen: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
  const waiting: (() => void)[] = [];
  const write = (name: string, here: string) => seen[name]?.push(here) ?? Reflect.set(seen, name, [here]);

  /** Resumes waiting callers in reverse order, and from another store. */
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

/** Runs after all pending jobs if there are timers, otherwise after many of them. */
function later(act: () => void): void {
  try {
    setTimeout(act);
  } catch {
    let end = Promise.resolve();
    for (let i = 0; i < 20; i++) end = end.then(() => undefined);
    end.then(act);
  }
}

/** Records the points that a caller reaches around a call: after asking, at the answer, and in a second continuation. */
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

/** The points that {@link around} records for a call that was made, and for one that was refused. */
export const made = (answer: string): string[] => ['after', answer, 'asked', 'call', 'call, later', 'then'].sort();
export const refused: readonly string[] = ['after', 'asked', 'refused', 'then'].sort();
