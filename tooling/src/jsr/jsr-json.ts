import { NOTICES } from '../laws/packages-have-one-shape.ts';
import type { Repository } from '../repository/repository.ts';
import { type Manifest, publicPackages, type Workspace } from '../repository/workspace.ts';

/** Published packages that JSR does not take, and why. */
export const notOnJsr: Readonly<Record<string, string>> = {
  '@switchgear/axios': "it adds `breaker` to axios' own types, and JSR refuses packages that declare other modules",
  '@switchgear/fastify': "it adds `breakers` and `config.breaker` to Fastify's own types",
};

/** For packages whose `tsconfig.src.json` has the types of browsers: Deno's own are fewer. */
const BROWSERS = { compilerOptions: { lib: ['esnext', 'dom', 'dom.iterable'] } };

/** The packages that go to JSR too. */
export function jsrPackages(repository: Repository): Workspace[] {
  return publicPackages(repository).filter(({ manifest }) => !notOnJsr[manifest.name]);
}

/** The text of a package's `jsr.json`, made from its `package.json`, so that nothing is said twice by hand. */
export function jsrJson({ folder, manifest }: Workspace, repository: Repository): string {
  const { name, exports = {}, dependencies = {}, peerDependencies = {} } = manifest;
  const config = {
    name,
    version: manifest['version'],
    license: manifest['license'],
    exports: Object.fromEntries(
      Object.entries(exports).flatMap(([subpath, target]) => {
        const source = (target as { '@switchgear/source'?: string })['@switchgear/source'];
        return source ? [[subpath, source]] : [];
      }),
    ),
    imports: {
      ...Object.fromEntries(
        Object.entries(dependencies).map(([each, range]) => [
          each,
          isOfWorkspace(range) ? `jsr:${each}@^${manifest['version']}` : `npm:${each}@${range}`,
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(peerDependencies).map(([host, range]) => [
          host,
          isOfWorkspace(range) ? `jsr:${host}@^${manifest['version']}` : npm(host, range, manifest),
        ]),
      ),
    },
    ...(repository.get(`${folder}/tsconfig.src.json`)?.includes('"DOM"') ? BROWSERS : {}),
    publish: { include: ['src', ...partsOf(folder, repository), 'LICENSE', 'jsr.json'] },
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function isOfWorkspace(range: string): boolean {
  return range.startsWith('workspace:');
}

/** What a package has at its root for JSR, besides what is made or copied. */
export function partsOf(folder: string, repository: Repository): string[] {
  return ['README.md', NOTICES].filter((file) => repository.has(`${folder}/${file}`));
}

/**
 * A host by the major that we develop with, from the lowest version of it that we support: Deno's specifiers have no
 * ranges over majors. Of a host without types of its own we import only types, so those are named.
 */
function npm(host: string, range: string, { devDependencies = {} }: Manifest): string {
  const types = `@types/${host}`;
  const [lowest = ''] = /\d+(?:\.\d+)*/.exec(range) ?? [];
  const [major = ''] = (devDependencies[types] ?? devDependencies[host] ?? lowest).split('.');
  return `npm:${devDependencies[types] ? types : host}@^${lowest.startsWith(`${major}.`) ? lowest : major}`;
}
