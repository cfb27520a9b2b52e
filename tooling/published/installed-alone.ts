import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type EmptyProject, emptyProject } from '../src/published/empty-project.ts';
import { nodeVersions } from '../src/published/node-versions.ts';
import { root } from '../src/repository/read-repository.ts';
import type { Workspace } from '../src/repository/workspace.ts';

const tarballs = inject('tarballs');
const core = tarballs['packages/core'] ?? '';
const nodes = nodeVersions().map(({ version, program }) => [version, program] as const);

/** The first program that a user runs or compiles: one of each for every package. */
function story(folder: string, kind: 'mjs' | 'types.ts'): string {
  return readFileSync(join(import.meta.dirname, 'alone', `${basename(folder)}.${kind}`), 'utf8');
}

/** The same program for `require`. What it imports by default is a module that is its own default. */
function asCommonJs(program: string): string {
  const body = program.replace(/^import (.+?) from ('.+?');$/gm, (_line, names: string, from: string) => {
    return `const ${names.replace(/ as /g, ': ')} = require(${from});`;
  });
  return `(async () => {\n${body}\n})();\n`;
}

/** npm's record of what it installed. */
interface Installed {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** Installs each of these packages into a project of its own, calls it, and compiles against it. */
export function installedAlone(packages: readonly Workspace[]): void {
  describe.each(packages.map((each) => [each.manifest.name, each] as const))(
    '%s, installed alone into an empty project',
    (name, { folder, manifest }) => {
      const hosts = Object.keys(manifest.peerDependencies ?? {});
      const developed = manifest.devDependencies ?? {};
      let project: EmptyProject;

      beforeAll(() => {
        const installed = [...hosts, ...hosts.map((host) => `@types/${host}`)].filter((each) => developed[each]);
        const packed = new Set([core, tarballs[folder] ?? '']);
        project = emptyProject([...packed, ...installed.map((each) => `${each}@${developed[each]}`)]);
      });
      afterAll(() => project?.[Symbol.dispose]());

      it('brings core and nothing else', () => {
        const { packages } = JSON.parse(project.read('node_modules/.package-lock.json')) as Installed;
        const brought = Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {});
        expect(brought.filter((each) => each !== '@switchgear/core')).toEqual([]);
        if (hosts.length === 0) expect(Object.keys(packages).length).toBe(new Set([name, '@switchgear/core']).size);
        expect(existsSync(join(project.folder, 'node_modules', name, 'node_modules'))).toBe(false);
      });

      it.each(nodes)('makes a call on Node %s', (_version, program) => {
        project.write('story.mjs', story(folder, 'mjs'));
        expect(project.run(program, 'story.mjs')).toContain('story told');
      });

      it.each(nodes)('makes the same call with require on Node %s', (_version, program) => {
        project.write('story.cjs', asCommonJs(story(folder, 'mjs')));
        expect(project.run(program, 'story.cjs')).toContain('story told');
      });

      it('compiles in strict TypeScript, its declarations included', () => {
        project.write('story.ts', story(folder, 'types.ts'));
        const config = {
          strict: true,
          noEmit: true,
          declaration: true,
          target: 'ES2022',
          module: 'NodeNext',
          skipLibCheck: false,
        };
        project.write('tsconfig.json', JSON.stringify({ compilerOptions: config, files: ['story.ts'] }));
        expect(project.run(join(root, 'node_modules/.bin/tsc'), '-p', '.')).toBe('');
      });
    },
  );
}
