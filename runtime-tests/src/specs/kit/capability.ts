import { asyncStore } from './async-store.ts';

/** The spec server's two origins, if it was started. */
export interface Surroundings {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly server?: string;

  /** The same server at another port, and so another origin. */
  readonly elsewhere?: string;

  /** Where instances leave reports for each other. */
  readonly mailbox?: string;

  /** Starts another thread or tab with this number, where there are any. Returns what ends it. */
  readonly startFellow?: (number: number) => () => unknown;
}

/** A feature that not every runtime has. */
export type Capability =
  | 'abort'
  | 'asyncContext'
  | 'dispose'
  | 'fellows'
  | 'fetch'
  | 'server'
  | 'structuredClone'
  | 'time'
  | 'timers'
  | 'xhr';

/** For each capability, whether it is present. Evaluated inside the runtime. */
const PRESENT: Readonly<Record<Capability, (around: Surroundings) => boolean | Promise<boolean>>> = {
  abort: () => allowed(() => new AbortController().abort()),
  asyncContext: async () => (await asyncStore()) !== undefined,
  dispose: () => typeof (Symbol as { dispose?: symbol }).dispose === 'symbol',
  fellows: ({ startFellow }) => startFellow !== undefined && has('BroadcastChannel'),
  fetch: () => has('fetch') && has('URL') && allowed(() => new Response('a body')),
  server: ({ server, elsewhere }) => server !== undefined && elsewhere !== undefined,
  structuredClone: () => has('structuredClone'),
  time: timePasses,
  timers: () => allowed(() => clearTimeout(setTimeout(() => undefined))),
  xhr: () => has('XMLHttpRequest'),
};

/** All capabilities, in the order of their names. */
export const CAPABILITIES: readonly Capability[] = Object.keys(PRESENT) as Capability[];

/** The capabilities of every runtime that is not a browser. */
export const WITHOUT_PAGES: readonly Capability[] = CAPABILITIES.filter((each) => each !== 'xhr');

/** The same of those without threads. */
export const WITHOUT_THREADS: readonly Capability[] = WITHOUT_PAGES.filter((each) => each !== 'fellows');

/** The capabilities of this runtime. */
export async function capabilitiesHere(around: Surroundings): Promise<readonly Capability[]> {
  const here = await Promise.all(CAPABILITIES.map((capability) => PRESENT[capability](around)));
  return CAPABILITIES.filter((_, index) => here[index]);
}

/** Whether the clock advances while code runs. In a Worker's module scope it does not. */
function timePasses(): boolean {
  const { performance = Date } = globalThis as { performance?: { now(): number } };
  const start = performance.now();
  for (let i = 0; i < 1_000_000; i++) if (performance.now() > start) return true;
  return false;
}

/** Whether a feature can be used. In a Worker's module scope many throw. */
function allowed(use: () => void): boolean {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}

function has(name: string): boolean {
  return typeof (globalThis as Record<string, unknown>)[name] === 'function';
}
