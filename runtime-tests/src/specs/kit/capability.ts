import { asyncStore } from './async-store.ts';

/** What a spec may use from outside: two origins of the spec server, where one has been started. */
export interface Surroundings {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly server?: string;

  /** The same server at another port: another origin. */
  readonly elsewhere?: string;
}

/** What a runtime may have and another lack. */
export type Capability =
  | 'abort'
  | 'asyncContext'
  | 'dispose'
  | 'fetch'
  | 'server'
  | 'structuredClone'
  | 'time'
  | 'timers'
  | 'xhr';

/** Each capability with the question whether it is here. Asked inside the runtime. */
const PRESENT: Readonly<Record<Capability, (around: Surroundings) => boolean | Promise<boolean>>> = {
  abort: () => allowed(() => new AbortController().abort()),
  asyncContext: async () => (await asyncStore()) !== undefined,
  dispose: () => typeof (Symbol as { dispose?: symbol }).dispose === 'symbol',
  fetch: () => has('fetch') && has('URL') && allowed(() => new Response('a body')),
  server: ({ server, elsewhere }) => server !== undefined && elsewhere !== undefined,
  structuredClone: () => has('structuredClone'),
  time: timePasses,
  timers: () => allowed(() => clearTimeout(setTimeout(() => undefined))),
  xhr: () => has('XMLHttpRequest'),
};

/** All of them, in the order of their names. */
export const CAPABILITIES: readonly Capability[] = Object.keys(PRESENT) as Capability[];

/** What all have that show no pages. */
export const WITHOUT_PAGES: readonly Capability[] = CAPABILITIES.filter((each) => each !== 'xhr');

/** What this runtime has. */
export async function capabilitiesHere(around: Surroundings): Promise<readonly Capability[]> {
  const here = await Promise.all(CAPABILITIES.map((capability) => PRESENT[capability](around)));
  return CAPABILITIES.filter((_, index) => here[index]);
}

/** In a Worker's module scope the clock stands still, whatever its code does. */
function timePasses(): boolean {
  const { performance = Date } = globalThis as { performance?: { now(): number } };
  const start = performance.now();
  for (let i = 0; i < 1_000_000; i++) if (performance.now() > start) return true;
  return false;
}

/** In a Worker's module scope much of what there is throws when used. */
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
