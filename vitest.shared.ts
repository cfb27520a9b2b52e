import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * For projects that stand one module in for another, by `alias`, `vi.mock` or `vi.resetModules`: Vite loads their modules.
 * Goes into `test`.
 */
export const loadedByVite = { experimental: { viteModuleRunner: true } };

/** The condition under which our packages resolve each other's source, so that tests need no build. */
const source = '@switchgear/source';

/**
 * What every vitest project here shares. Tests read sources, and leave `.report/test.json` for the root's summary.
 * Node itself loads them, as it loads every script here: that costs less than to transform each module for each project,
 * and what one project has compiled is in the cache of the next.
 * What `overrides` says replaces what is said here; lists are not added up.
 */
export function project(name: string, overrides: ViteUserConfig = {}): ViteUserConfig {
  return defineConfig({
    resolve: { conditions: [source, ...defaultClientConditions] },
    ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
    ...overrides,
    test: {
      name,
      include: ['test/**/*.test.ts'],
      // A test that hangs must end; one on a busy machine must not fail for it.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      execArgv: [`--conditions=${source}`],
      experimental: { viteModuleRunner: false, nodeLoader: false },
      reporters: ['default', 'json'],
      outputFile: { json: '.report/test.json' },
      ...overrides.test,
    },
  });
}
