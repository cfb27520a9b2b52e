import { Miniflare } from 'miniflare';
import { cpuTimeOfChildren } from './cpu-time.ts';

/** So many copies of a module are started at once, so that what one costs stands out from what a process costs. */
const COPIES = 100;

/** What one copy costs a Worker that starts. */
export interface ColdStart {
  /** Milliseconds of a processor, for compiling and evaluating it. */
  readonly ms: number;

  /** Bytes of the module, as the Worker is given it. */
  readonly bytes: number;
}

/**
 * Measures how much more work a Worker in the real workerd has before it answers its first request because of a module: with a
 * hundred copies of it, less the work with as many comments of the same length, by a hundred. Of `rounds` starts of each, taken in
 * turn, the cheapest counts: whatever else a machine does can only make one dearer.
 */
export async function coldStart(code: string, rounds: number): Promise<ColdStart> {
  const bytes = Buffer.byteLength(code);
  const idle = `/*${' '.repeat(bytes)}*/export const made = 0;`;
  const [busy, waiting]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    busy.push(await firstAnswer(code));
    waiting.push(await firstAnswer(idle));
  }
  return { ms: (Math.min(...busy) - Math.min(...waiting)) / COPIES, bytes };
}

/** Milliseconds of a processor from the start of a Worker's process to its first answer. */
async function firstAnswer(code: string): Promise<number> {
  const names = Array.from({ length: COPIES }, (_, i) => `copy-${i}.js`);
  const main = `${names.map((name, i) => `import { made as made${i} } from './${name}';`).join('\n')}
    const all = [${names.map((_, i) => `made${i}`).join()}];
    export default { fetch: () => new Response(String(all.length)) };`;
  const miniflare = new Miniflare({
    modulesRoot: '/',
    modules: [
      { type: 'ESModule', path: '/main.js', contents: main },
      // Not two are the same: engines remember what they have compiled.
      ...names.map((name, i) => ({ type: 'ESModule' as const, path: `/${name}`, contents: `${code}\n//${i}` })),
    ],
    compatibilityDate: '2026-05-01',
    cf: false,
    host: '127.0.0.1',
    port: 0,
  });
  try {
    const answer = await fetch(await miniflare.ready);
    if ((await answer.text()) !== String(COPIES)) throw new Error('the Worker did not start as it was to');
    return cpuTimeOfChildren();
  } finally {
    await miniflare.dispose();
  }
}
