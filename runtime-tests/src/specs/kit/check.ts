/** Milliseconds that {@link until} waits at most. */
const PATIENCE = 20_000;

/** Fails unless the condition holds. */
export function holds(condition: boolean, rule: string): void {
  if (!condition) throw new Error(rule);
}

/** Fails unless both are the same value, or lists and plain objects of the same values. */
export function equal(actual: unknown, expected: unknown): void {
  holds(same(actual, expected), `expected ${shown(expected)}, got ${shown(actual)}`);
}

/** The error that the function throws. Fails if it returns. */
export function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('expected it to throw');
}

/** The reason of the promise's rejection. Fails if it is fulfilled. */
export function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(
    (value) => {
      throw new Error(`expected a rejection, got ${shown(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Waits until a condition holds. Without timers it checks it in a loop of promises. */
export async function until(condition: () => boolean | Promise<boolean>, rule: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    holds(Date.now() < end, `timed out waiting until ${rule}`);
    if (typeof setTimeout === 'function') await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (!(isPlain(a) && isPlain(b)) || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => same(value, (b as Record<string, unknown>)[key]));
}

/** Only lists and plain objects can be compared by their entries. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function shown(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}
