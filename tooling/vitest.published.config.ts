import { loadedByVite, project } from '../vitest.shared.ts';

/** Tests of the packages as npm gets them. Needs `pnpm build` first, and the registry. */
export default project('published', {
  test: {
    include: ['published/**/*.test.ts'],
    // Node, as Vitest starts it, would look for the sources of the checkers themselves.
    ...loadedByVite,
    globalSetup: ['published/pack.ts'],
    outputFile: { json: '.report/published.json' },
    // Installing is waiting as much as work.
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
