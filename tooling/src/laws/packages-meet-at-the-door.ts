import { type Import, importsOf, packageOf } from '../repository/imports.ts';
import type { Repository } from '../repository/repository.ts';
import { sources } from '../repository/syntax.ts';
import { entryPoints, publicPackages, type Workspace, workspaces } from '../repository/workspace.ts';
import { at, type Law, type Violation } from './law.ts';

/**
 * Hosts whose code an adapter runs, and why types are not enough. A type-only import costs the user nothing and keeps
 * one copy of the host; a value import has to earn its place here.
 */
export const hostsRun: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@switchgear/axios': {
    axios: 'only axios can turn the names and lists of `config.adapter` into the transport that is protected',
  },
  '@switchgear/dashboard': {
    hono: 'the dashboard is a Hono app that the user mounts in an app, and it streams events',
    '@hono/node-server': 'behind a separate entry point, for Node programs that have no app to mount it in',
  },
  '@switchgear/hono': {
    hono: 'its own `proxy` forwards a request, and its own `matchedRoutes` names the route that matched',
  },
  '@switchgear/nest': {
    '@nestjs/common': 'only its own decorators mark a handler or a filter, and only its own exceptions are answered',
    '@nestjs/core': 'its tokens install an interceptor for the whole app, and its base filter answers on each platform',
    rxjs: 'interceptors hand on its observables',
  },
  '@switchgear/otel': {
    '@opentelemetry/api': 'only its functions find the registered provider and the active span',
  },
  '@switchgear/pg': {
    '@switchgear/balancer': 'behind a separate entry point, for those who have replicas',
  },
};

/** Entry points beside a package's own name that other packages, or one of them, may use, and what for. */
export const sideDoors: Readonly<Record<string, string>> = {
  '@switchgear/core/adapter': 'what adapters and policies are built with, and no user needs',
  '@switchgear/testkit > @switchgear/core/testing': 'it is for tests itself, and moves the clock of a breaker',
};

/** Other packages use only what a package publishes. */
export const packagesMeetAtTheDoor: Law = {
  name: 'packages and apps import each other by published entry points, and hosts as peers',
  *check(repository) {
    const published = new Set(publicPackages(repository).flatMap((each) => [...entryPoints(each).keys()]));
    const all = new Set(workspaces(repository).flatMap((each) => [...entryPoints(each).keys()]));
    for (const workspace of workspaces(repository)) {
      const doors = workspace.manifest.private ? all : published;
      const own = new RegExp(`^${workspace.folder}/src/.*\\.ts$`);
      for (const source of sources(repository, own)) {
        for (const each of importsOf(source)) {
          const wrong = each.path ? leaves(each.path, own) : trespass(each, workspace, doors);
          if (wrong) yield at(source, each.start, wrong);
        }
      }
    }
    yield* idle(repository);
  },
};

function leaves(path: string, own: RegExp): string | undefined {
  return own.test(path) ? undefined : `${path} is outside this package: import it by the name of its package`;
}

function trespass(
  { specifier, typeOnly }: Import,
  workspace: Workspace,
  doors: ReadonlySet<string>,
): string | undefined {
  const { folder, manifest } = workspace;
  const name = packageOf(specifier);
  if (specifier.startsWith('node:')) return folder === 'packages/core' ? 'core runs where Node is not' : undefined;
  // Only Workers have these modules, and a published package runs on every runtime.
  if (specifier.startsWith('cloudflare:') && manifest.private) return undefined;
  if (name === manifest.name) return `${name} imports itself by name; use a relative path`;
  if (name.startsWith('@switchgear/')) {
    if (!doors.has(specifier)) return `${specifier} is not an entry point that this package may use`;
    if (folder.startsWith('packages/') && !manifest.private && specifier !== name && !opensTo(manifest.name, specifier))
      return `import ${name}, not a part of it`;
  }
  if (manifest.dependencies?.[name] || manifest.optionalDependencies?.[name]) return undefined;
  if (!manifest.peerDependencies?.[name]) return `${name} is neither a dependency nor a peer of ${manifest.name}`;
  if (typeOnly || hostsRun[manifest.name]?.[name]) return undefined;
  return `${name} is a host: import its types only, or give the reason in hostsRun`;
}

function opensTo(name: string, specifier: string): boolean {
  return Boolean(sideDoors[specifier] ?? sideDoors[`${name} > ${specifier}`]);
}

/** An exception that is no longer needed would hide the next violation. */
function* idle(repository: Repository): Generator<Violation> {
  for (const { folder, manifest } of workspaces(repository)) {
    for (const host of Object.keys(hostsRun[manifest.name] ?? {})) {
      if (!manifest.peerDependencies?.[host])
        yield { where: folder, what: `hostsRun names ${host}, which is not a peer any more` };
    }
  }
}
