import type { Repository } from './repository.ts';

/** The fields of a `package.json` that the laws read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One package, app, or the tooling itself. */
export interface Workspace {
  /** `packages/core` */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The workspaces of a repository, in the order of their folders. */
export function workspaces(repository: Repository): Workspace[] {
  const found: Workspace[] = [];
  for (const [path, text] of repository) {
    const folder =
      /^((?:packages|apps)\/[^/]+|tooling|runtime-tests|bench(?:\/(?:faults|protection))?)\/package\.json$/.exec(
        path,
      )?.[1];
    if (folder) found.push({ folder, manifest: JSON.parse(text) as Manifest });
  }
  return found.sort((a, b) => a.folder.localeCompare(b.folder));
}

/**
 * The packages that go to npm, as they go there: pnpm puts `publishConfig.exports` in place of the `exports` that only this
 * repository has.
 */
export function publicPackages(repository: Repository): Workspace[] {
  return workspaces(repository)
    .filter(({ folder, manifest }) => folder.startsWith('packages/') && !manifest.private)
    .map(({ folder, manifest }) => {
      const { exports, ...publishConfig } = Object(manifest['publishConfig']) as Partial<Manifest>;
      return { folder, manifest: exports ? { ...manifest, exports, publishConfig } : manifest };
    });
}

/** The entry points a package publishes, as import specifiers, each with the source it is built from. */
export function entryPoints({ folder, manifest }: Workspace): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const source =
      typeof target === 'string' ? target : (target as { '@switchgear/source'?: string })['@switchgear/source'];
    if (source?.endsWith('.ts')) entries.set(manifest.name + subpath.slice(1), `${folder}/${source.slice(2)}`);
  }
  return entries;
}

/** What the types of a host need and do not bring. */
const typesFor: Readonly<Record<string, string>> = {
  '@nestjs/common': '@types/node@24',
  fastify: '@types/node@24',
};

/** What a package needs installed besides ours: its hosts and their types, in the versions that it is developed with. */
export function hostsOf({ manifest: { peerDependencies = {}, devDependencies = {} } }: Workspace): string[] {
  const hosts = Object.keys(peerDependencies).filter((peer) => !isOurs(peer));
  const installed = hosts.flatMap((host) => [host, `@types/${host}`]).filter((each) => devDependencies[each]);
  return [
    ...installed.map((each) => `${each}@${devDependencies[each]}`),
    ...hosts.flatMap((host) => typesFor[host] ?? []),
  ];
}

/** Our other packages that one entry or another of a package is used with. */
export function partnersOf({ manifest: { peerDependencies = {} } }: Workspace): string[] {
  return Object.keys(peerDependencies).filter(isOurs);
}

function isOurs(name: string): boolean {
  return name.startsWith('@switchgear/');
}
