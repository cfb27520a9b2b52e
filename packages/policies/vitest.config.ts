import { fileURLToPath } from 'node:url';
import { loadedByVite, project } from '../../vitest.shared.ts';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

// No file leaves anything behind, so all can share what they import. Compiled fixtures import this package by its name.
export default project('policies', {
  test: {
    isolate: false,
    ...loadedByVite,
    alias: [
      { find: /^@switchgear\/policies$/, replacement: source('index.ts') },
      { find: /^@switchgear\/policies\/decorators$/, replacement: source('decorators/index.ts') },
    ],
  },
});
