import { type Kind, succeeds } from '../kind.ts';
import {
  everyEntry,
  everyPackage,
  programs,
  programsTogether,
  requiring,
  requiringProgram,
  story,
} from '../sources.ts';
import { NODE, NODES, tools } from '../versions.ts';

const names = JSON.stringify(everyEntry);
const requiredStory = { 'story.cjs': requiring(story) };
const importedStory = { 'story.mjs': story };

/** What the tests of one runner look like. `it` is known to each of them, by itself or by `head`. */
const required = (head = ''): Record<string, string> => ({
  ...requiredStory,
  'names.test.cjs': `${head}
for (const entry of ${names}) it(entry, () => { Object.keys(require(entry))[0].at(0); });`,
  'story.test.cjs': `${head}const { tellStory } = require('./story.cjs');
it('tells the story', async () => { if ((await tellStory()) !== 'story told') throw new Error('not told'); });`,
});
const imported = (head = ''): Record<string, string> => ({
  ...importedStory,
  'names.test.mjs': `${head}
for (const entry of ${names}) it(entry, async () => { Object.keys(await import(entry))[0].at(0); });`,
  'story.test.mjs': `${head}import { tellStory } from './story.mjs';
it('tells the story', async () => { if ((await tellStory()) !== 'story told') throw new Error('not told'); });`,
});

const common: Pick<Kind, 'node' | 'ours'> = { node: NODE, ours: everyPackage };

/** Tests that import the packages, under each test runner. */
export const testRunnerKinds: readonly Kind[] = [
  {
    ...common,
    name: 'jest, defaults',
    // Node 20.0 cannot require ES modules, and neither can Jest on any Node.
    node: NODES[0],
    corner: true,
    // Jest alone in a folder of its own, so that the packages and their hosts are not installed for it once more.
    shares: true,
    packages: tools('@types/node'),
    tools: tools('jest'),
    files: { ...required(), 'package.json': '{}' },
    imports: succeeds('jest', 'names'),
    runs: succeeds('jest', 'story'),
  },
  {
    ...common,
    name: 'jest, ES modules',
    packages: tools('jest'),
    files: imported(),
    imports: succeeds('node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'names'),
    runs: succeeds('node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'story'),
  },
  {
    ...common,
    // Without the entry that starts a server, because @hono/node-server needs Node's own globals.
    name: 'jest, jsdom',
    packages: tools('jest', 'jest-environment-jsdom'),
    files: {
      'core.cjs': `module.exports = ${requiringProgram(programsTogether(programs()).get('core') ?? '')}`,
      'story.test.js': `it('tells the story of core', () => require('./core.cjs'));`,
      'names.test.js': required()['names.test.cjs']?.replace('"@switchgear/dashboard/node",', '') ?? '',
    },
    imports: succeeds('jest', '--env=jsdom', 'names'),
    runs: succeeds('jest', '--env=jsdom', 'story'),
  },
  {
    ...common,
    name: 'ts-jest',
    packages: tools('jest', 'ts-jest', 'typescript', '@types/jest', '@types/node'),
    files: {
      'jest.config.js': `module.exports = { preset: 'ts-jest' };`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { target: 'ES2022', module: 'CommonJS', strict: true, esModuleInterop: true, noEmit: true },
      }),
      'story.ts': story,
      'story.test.ts': `import { tellStory } from './story';
it('tells the story', async () => { expect(await tellStory()).toBe('story told'); });`,
      'names.test.ts': `${everyEntry.map((entry, i) => `import * as e${i} from '${entry}';`).join('\n')}
it('imports', () => { for (const each of [${everyEntry.map((_, i) => `e${i}`)}]) expect(each).not.toEqual({}); });`,
    },
    imports: succeeds('jest', 'names'),
    types: succeeds('tsc', '-p', '.'),
    runs: succeeds('jest', 'story'),
  },
  {
    ...common,
    name: 'vitest',
    packages: tools('vitest'),
    files: imported(`import { it } from 'vitest';\n`),
    imports: succeeds('vitest', 'run', 'names'),
    runs: succeeds('vitest', 'run', 'story'),
  },
  {
    ...common,
    name: 'node:test',
    shares: true,
    packages: tools('@types/node'),
    files: { ...required(`const { it } = require('node:test');\n`), ...imported(`import { it } from 'node:test';\n`) },
    imports: succeeds('node', '--test', 'names.test.cjs', 'names.test.mjs'),
    runs: succeeds('node', '--test', 'story.test.cjs', 'story.test.mjs'),
  },
  {
    ...common,
    name: 'mocha',
    packages: tools('mocha'),
    files: { ...required(), ...imported() },
    imports: succeeds('mocha', 'names.test.cjs', 'names.test.mjs'),
    runs: succeeds('mocha', 'story.test.cjs', 'story.test.mjs'),
  },
];
