import type { ViteUserConfig } from 'vitest/config';
import { project } from '../../vitest.shared.ts';

/** The oldest minor of axios that we support. */
const OLDEST = '1.6';

const newest = { extends: true as const, test: { name: 'axios' } };

/** The tests that depend on axios itself, with another minor of it, which is installed under an alias. */
function withMinor(minor: string) {
  return {
    extends: true as const,
    resolve: { alias: { axios: `axios-${minor}` } },
    test: {
      name: `axios ${minor}`,
      exclude: [
        'test/unit/**',
        'test/ecosystem/**',
        // Transparency is shown with the oldest and the newest.
        ...(minor === OLDEST ? [] : ['test/versions/transparency.test.ts']),
      ],
    },
  };
}

/** The tests with the newest axios and with these minors. */
export function projectWith(minors: readonly string[]): ViteUserConfig {
  // Every file leaves what is global as it found it, so that a worker can serve many.
  return project('axios', { test: { isolate: false, projects: [newest, ...minors.map(withMinor)] } });
}

export default projectWith([OLDEST]);
