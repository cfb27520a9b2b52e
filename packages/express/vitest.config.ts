import { project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
export default project('express', { test: { isolate: false } });
