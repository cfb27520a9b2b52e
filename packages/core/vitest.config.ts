import { loadedByVite, project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('core', {
  test: {
    isolate: false,
    ...loadedByVite,
    typecheck: { enabled: true, include: ['test/types/*.test-d.ts'], tsconfig: 'test/types/tsconfig.json' },
  },
});
