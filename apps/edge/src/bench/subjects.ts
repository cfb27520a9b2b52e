import { build } from 'esbuild';

/** Something whose start is measured. */
export interface Subject {
  readonly name: string;

  /** A module as a bundler gives it to a Worker: everything in one file, minified. */
  readonly code: string;
}

/** What a Worker's module scope says, by subject. Hono is in none: it would be there without us. */
const MODULES: Readonly<Record<string, string>> = {
  'core: a breaker': `
    import { createBreaker } from '@switchgear/fetch';
    export const made = createBreaker({ name: 'a' });`,
  'fetch: a protected fetch': `
    import { breakerFetch } from '@switchgear/fetch';
    export const made = breakerFetch();`,
  'hono: a middleware and its breaker': `
    import { circuitBreaker, createBreaker } from '@switchgear/hono';
    export const made = circuitBreaker({ breaker: createBreaker({ name: 'a' }) });`,
  'fetch and hono, which share core': `
    import { breakerFetch } from '@switchgear/fetch';
    import { circuitBreaker, createBreaker } from '@switchgear/hono';
    export const made = [breakerFetch(), circuitBreaker({ breaker: createBreaker({ name: 'a' }) })];`,
};

/** All of them, bundled from the sources as Wrangler would bundle what was published. */
export function subjects(): Promise<readonly Subject[]> {
  return Promise.all(
    Object.entries(MODULES).map(async ([name, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: import.meta.dirname },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        conditions: ['@switchgear/source', 'workerd', 'worker', 'browser'],
        external: ['hono', 'hono/*'],
        tsconfigRaw: {},
      });
      // Hono stays outside; what is measured is ours.
      const code = (outputFiles[0]?.text ?? '').replace(/import\s*\{[^}]*\}\s*from\s*"hono\/[a-z]+";/g, '');
      return { name, code };
    }),
  );
}
