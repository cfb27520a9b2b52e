import type { Law } from './law.ts';

const CONFIG = 'packages/core/tsconfig.src.json';
const MANIFEST = 'packages/core/package.json';

/**
 * With these settings the compiler rejects `setTimeout`, `process`, `console`, `fetch`, `AbortController` and every
 * other name of a runtime, so the law only has to check the settings.
 */
export const coreIsBareEcmascript: Law = {
  name: 'core compiles against the bare language and depends on nothing',
  *check(repository) {
    const config = json(repository.get(CONFIG)) as { compilerOptions?: { lib?: unknown; types?: unknown } };
    const { lib, types } = config.compilerOptions ?? {};
    if (JSON.stringify(lib) !== '["ES2022"]')
      yield { where: CONFIG, what: `lib must be ["ES2022"], not ${JSON.stringify(lib)}` };
    if (JSON.stringify(types) !== '[]') yield { where: CONFIG, what: `types must be [], not ${JSON.stringify(types)}` };

    const manifest = json(repository.get(MANIFEST));
    for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
      if (manifest[field] !== undefined) yield { where: MANIFEST, what: `core has ${field}` };
    }
    for (const [path, text] of repository) {
      if (!path.startsWith('packages/core/src/')) continue;
      const detour = /\/\/\/\s*<reference|@ts-(ignore|nocheck|expect-error)/.exec(text);
      if (detour) yield { where: path, what: `${detour[0]} bypasses the compiler` };
    }
  },
};

function json(text: string | undefined): Record<string, unknown> {
  return JSON.parse(text ?? '{}') as Record<string, unknown>;
}
