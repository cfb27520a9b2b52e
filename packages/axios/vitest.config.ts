import { project } from '../../vitest.shared.ts';

/** Older minors of axios, oldest first; each is installed under an alias. */
const OLDER = ['1.6', '1.13', '1.18', '1.19'];

const newest = { extends: true as const, test: { name: 'axios' } };

/** What depends on axios itself; the rest needs to run once. */
const older = OLDER.map((minor) => ({
  extends: true as const,
  resolve: { alias: { axios: `axios-${minor}` } },
  test: { name: `axios ${minor}`, exclude: ['test/unit/**', 'test/ecosystem/**'] },
}));

export default project('axios', { test: { projects: [newest, ...older] } });
