import type { Repository } from '../repository/repository.ts';
import { type Manifest, publicPackages, type Workspace, workspaces } from '../repository/workspace.ts';
import type { Law, Violation } from './law.ts';

/** The fields that every published package has, so that one build serves every runtime. */
const SAYS: Readonly<Record<string, unknown>> = {
  type: 'module',
  license: 'MIT',
  sideEffects: false,
  files: ['dist', 'src'],
  engines: { node: '>=20' },
  publishConfig: { access: 'public', provenance: true },
};

/** What a package says of the project, as the root says it: the address stands in one place. */
function ofTheProject({ homepage, bugs, repository, author }: Partial<Manifest>, folder: string): object {
  const at = { ...(repository as object), directory: folder };
  return { homepage: `${homepage}/tree/main/${folder}#readme`, bugs, repository: at, author };
}

/** Packages built twice, and why one file does not serve both `import` and `require`. */
export const builtForRequireToo: Readonly<Record<string, string>> = {
  '@switchgear/axios': 'axios is another copy, with other classes and types, under require',
};

/** Packages look alike, so that one script or test covers them all, and the root project references each. */
export const packagesHaveOneShape: Law = {
  name: 'published packages have one shape, and the root knows every workspace',
  *check(repository) {
    for (const each of publicPackages(repository)) yield* shapeOf(each, repository);
    const config = repository.get('tsconfig.json') ?? '';
    for (const { folder } of workspaces(repository)) {
      if (!config.includes(`"./${folder}"`)) yield { where: 'tsconfig.json', what: `has no reference to ${folder}` };
    }
  },
};

function* shapeOf({ folder, manifest }: Workspace, repository: Repository): Generator<Violation> {
  const where = `${folder}/package.json`;
  const root = JSON.parse(repository.get('package.json') ?? '{}') as Partial<Manifest>;
  for (const [field, value] of Object.entries({ ...SAYS, ...ofTheProject(root, folder) })) {
    const [is, must] = [JSON.stringify(manifest[field]), JSON.stringify(value)];
    if (is !== must) yield { where, what: `${field} must be ${must}, not ${is}` };
  }
  for (const word of ['description', 'keywords']) {
    if (!manifest[word]) yield { where, what: `has no ${word}` };
  }
  for (const field of ['main', 'module', 'browser', 'types', 'typesVersions']) {
    if (manifest[field] !== undefined) yield { where, what: `${field}: exports says it all` };
  }
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (subpath === './package.json') continue;
    const conditions = typeof target === 'object' && target ? Object.keys(target).join() : String(target);
    if (/"(require|import|node|browser|workerd)"/.test(JSON.stringify(target)) && !builtForRequireToo[manifest.name]) {
      yield { where, what: `${subpath} has a file for one runtime; one file serves every runtime` };
    }
    if (conditions !== '@switchgear/source,types,default') {
      yield { where, what: `${subpath} must have the conditions @switchgear/source, types, default, in this order` };
    }
  }
  for (const file of ['README.md', 'tsconfig.src.json', 'tsconfig.test.json', 'vitest.config.ts', 'tsdown.config.ts']) {
    if (!repository.has(`${folder}/${file}`)) yield { where: folder, what: `has no ${file}` };
  }
}
