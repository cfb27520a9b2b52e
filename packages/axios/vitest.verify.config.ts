import { loadedByVite, project } from '../../vitest.shared.ts';

/** The oldest minor of axios that we support. */
const OLDEST = '1.6';

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

/** Every minor that is installed, oldest first. The test command has the newest. */
export default project('axios', {
  test: { isolate: false, ...loadedByVite, projects: [OLDEST, '1.13', '1.18', '1.19'].map(withMinor) },
});
