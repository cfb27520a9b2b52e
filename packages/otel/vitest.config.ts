import { loadedByVite, project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import. One test loads a second copy of this package.
export default project('otel', { test: { isolate: false, ...loadedByVite } });
