import { loadedByVite, project } from '../../vitest.shared.ts';

// Every file leaves what is global as it found it, so that a worker can serve many. Some load a second copy of this package.
export default project('axios', { test: { isolate: false, ...loadedByVite } });
