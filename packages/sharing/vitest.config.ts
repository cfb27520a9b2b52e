import { project } from '../../vitest.shared.ts';

// No file leaves anything behind, so all can share what they import.
// They wait for servers and leases more than they work.
export default project('sharing', { test: { isolate: false, maxWorkers: 3 } });
