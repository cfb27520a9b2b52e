import { project } from '../../vitest.shared.ts';

/** Older minors of axios, oldest first; each is installed under an alias. */
const OLDER = ['1.6', '1.13', '1.18', '1.19'];

const newest = { extends: true as const, test: { name: 'axios' } };

/** What depends on axios itself; the rest needs to run once. That nobody sees us is shown with the oldest and the newest. */
const older = OLDER.map((minor) => ({
  extends: true as const,
  resolve: { alias: { axios: `axios-${minor}` } },
  test: {
    name: `axios ${minor}`,
    exclude: [
      'test/unit/**',
      'test/ecosystem/**',
      ...(minor === OLDER[0] ? [] : ['test/versions/transparency.test.ts']),
    ],
  },
}));

// Every file leaves what is global as it found it, so that a worker can serve many.
export default project('axios', { test: { isolate: false, projects: [newest, ...older] } });
