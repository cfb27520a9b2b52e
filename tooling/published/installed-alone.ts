import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type EmptyProject, emptyProject } from '../src/published/empty-project.ts';
import { nodeVersions } from '../src/published/node-versions.ts';
import { root } from '../src/repository/read-repository.ts';
import { hostsOf, partnersOf, type Workspace } from '../src/repository/workspace.ts';
import { APART, programs, requiringProgram, typedPrograms } from '../src/works-in/sources.ts';

const tarballs = inject('tarballs');
const core = tarballs['packages/core'] ?? '';

/**
 * The Nodes that call a package: for those that the Node 20.0.0 of `works-in.test.ts` calls too, this one is enough, and the
 * others have every Node on the PATH.
 */
function nodesFor(folder: string): (readonly [version: string, program: string])[] {
  if (!APART.includes(basename(folder))) return [[process.version, process.execPath]];
  return nodeVersions().map(({ version, program }) => [version, program]);
}

/** npm's record of what it installed. */
interface Installed {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** What packages bring besides core, and why. */
const brings: Readonly<Record<string, readonly string[]>> = {
  // Repeated attempts of all requests together are what a retry budget limits.
  '@switchgear/balancer': ['@switchgear/policies'],
  // Settings of policies are theirs to check, and only a parser knows where a value stands.
  '@switchgear/config': ['@switchgear/policies', 'yaml'],
};

/** Installs each of these packages into a project of its own, calls it, and compiles against it. */
export function installedAlone(packages: readonly Workspace[]): void {
  describe.each(packages.map((each) => [each.manifest.name, each] as const))(
    '%s, installed alone into an empty project',
    (name, each) => {
      const { folder, manifest } = each;
      const story = programs().get(basename(folder)) ?? '';
      let project: EmptyProject;

      beforeAll(() => {
        const partners = [name, ...partnersOf(each)].flatMap((partner) => [partner, ...(brings[partner] ?? [])]);
        const others = partners.flatMap((other) => tarballs[other.replace('@switchgear/', 'packages/')] ?? []);
        project = emptyProject([...new Set([core, ...others, tarballs[folder] ?? '']), ...hostsOf(each)]);
      });
      afterAll(() => project?.[Symbol.dispose]());

      it('brings core and nothing else that is not said here', () => {
        const own = brings[name] ?? [];
        const { packages } = JSON.parse(project.read('node_modules/.package-lock.json')) as Installed;
        const brought = Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {});
        expect(brought.filter((dependency) => dependency !== '@switchgear/core')).toEqual(own);
        if (!manifest.peerDependencies)
          expect(Object.keys(packages).length).toBe(new Set([name, '@switchgear/core', ...own]).size);
        expect(existsSync(join(project.folder, 'node_modules', name, 'node_modules'))).toBe(false);
      });

      it.each(nodesFor(folder))('makes a call on Node %s', (_version, program) => {
        project.write('story.mjs', story);
        expect(project.run(program, 'story.mjs')).toContain('story told');
      });

      it.each(nodesFor(folder))('makes the same call with require on Node %s', (_version, program) => {
        project.write('story.cjs', requiringProgram(story));
        expect(project.run(program, 'story.cjs')).toContain('story told');
      });

      it('compiles in strict TypeScript, its declarations included', () => {
        project.write('story.ts', typedPrograms().get(basename(folder)) ?? '');
        const config = {
          strict: true,
          noEmit: true,
          declaration: true,
          target: 'ES2022',
          module: 'NodeNext',
          skipLibCheck: false,
          // TypeScript's own declarations take longer than all others, and are the same for every package.
          skipDefaultLibCheck: true,
        };
        project.write('tsconfig.json', JSON.stringify({ compilerOptions: config, files: ['story.ts'] }));
        expect(project.run(join(root, 'node_modules/.bin/tsc'), '-p', '.', '--singleThreaded')).toBe('');
      });
    },
  );
}
