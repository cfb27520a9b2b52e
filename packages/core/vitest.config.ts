import { project } from '../../vitest.shared.ts';

export default project('core', {
  test: { typecheck: { enabled: true, include: ['test/types/*.test-d.ts'], tsconfig: 'test/types/tsconfig.json' } },
});
