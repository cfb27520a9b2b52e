import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';

/** The condition under which our packages resolve each other's source, so that tests need no build. */
const source = '@switchgear/source';

/** What every vitest project here shares. Tests read sources, and leave `.report/test.json` for the root's summary. */
export function project(name: string, overrides: ViteUserConfig = {}): ViteUserConfig {
  return mergeConfig(
    defineConfig({
      resolve: { conditions: [source, ...defaultClientConditions] },
      ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
      test: {
        name,
        include: ['test/**/*.test.ts'],
        reporters: ['default', 'json'],
        outputFile: { json: '.report/test.json' },
      },
    }),
    overrides,
  );
}
