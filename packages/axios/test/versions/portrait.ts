import { AxiosHeaders } from 'axios';

/** All that a program could see of a call: what became of it, down to the order of properties and the lines of the stack. */
export async function portraitOf(run: () => Promise<unknown>): Promise<unknown> {
  // From here each begins with the same, empty stack.
  await new Promise(setImmediate);
  return run().then(
    (value) => ({ resolved: describe(value, DEPTH) }),
    (error: unknown) => ({ rejected: describe(error, DEPTH), stack: linesOf(error), json: jsonOf(error) }),
  );
}

/** A response's config, headers and data; below that begin agents and sockets. */
const DEPTH = 3;

/** Different for each request, with or without a breaker; and the adapter, which is compared by its JSON. */
const VARIES = new Set([
  'date',
  'adapter',
  'duration',
  'stack',
  'signal',
  'cancelToken',
  'request',
  'beforeRedirects',
  'socket',
]);

function describe(value: unknown, depth: number): unknown {
  if (typeof value === 'function') return `function ${value === value.prototype?.constructor ? value.name : ''}`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof AxiosHeaders) return describe({ ...value.toJSON() }, depth);
  const type = Object.getPrototypeOf(value)?.constructor;
  if (depth === 0 || ArrayBuffer.isView(value)) return { type };
  const properties = Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, { enumerable, writable }]) => [
    name,
    { enumerable, writable },
    VARIES.has(name) ? undefined : describe((value as Record<string, unknown>)[name], depth - 1),
  ]);
  return { type, properties };
}

/**
 * Frames of axios and of the program. Our own are there too when an adapter throws at once, and take nothing away; which of
 * Node's are there is chance.
 */
function linesOf(error: unknown): readonly string[] | undefined {
  const { stack } = Object(error) as { stack?: string };
  return stack?.split('\n').filter((line) => !/\/packages\/(axios|core)\/src\/|\(node:/.test(line));
}

function jsonOf(error: unknown): unknown {
  const varies = (key: string) => key !== 'adapter' && VARIES.has(key);
  try {
    return JSON.parse(JSON.stringify(error), (key, value) => (varies(key) ? undefined : value));
  } catch (none) {
    // A config with a token goes in a circle, in some versions.
    return String(none);
  }
}
