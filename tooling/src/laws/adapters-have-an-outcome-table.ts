import type { Repository } from '../repository/repository.ts';
import { publicPackages, type Workspace } from '../repository/workspace.ts';
import type { Law } from './law.ts';

/** Packages with a host that classify nothing, and what they do instead. */
export const classifiesNothing: Readonly<Record<string, string>> = {
  '@switchgear/dashboard': 'shows what breakers have counted, and makes no calls',
  '@switchgear/otel': 'exports what breakers have counted, and makes no calls',
  '@switchgear/outbox': "delivers through the user's function, which is classified where it is protected",
  '@switchgear/sharing': 'carries what breakers report to other instances, beside the calls',
};

/** Whether an ending counts against the dependency is what an adapter is for, so each has a table of endings. */
export const adaptersHaveAnOutcomeTable: Law = {
  name: 'every adapter has a table test of outcomes',
  *check(repository) {
    const packages = publicPackages(repository);
    for (const each of packages) {
      if (!isAdapter(each, repository) || classifiesNothing[each.manifest.name]) continue;
      const tables = textsIn(repository, `${each.folder}/test/`, /\/outcome[^/]*\.test\.ts$/);
      if (!tables.some((text) => /\bit\.each\b/.test(text)))
        yield { where: each.folder, what: 'has no test/outcome.test.ts with a table of endings (it.each)' };
    }
    for (const each of packages) {
      if (classifiesNothing[each.manifest.name] && !isAdapter(each, repository))
        yield { where: each.folder, what: 'is not an adapter: remove it from classifiesNothing' };
    }
  },
};

/** An adapter has `src/outcome.ts`, or a host as its peer and uses the adapters' kit of core. */
function isAdapter({ folder, manifest }: Workspace, repository: Repository): boolean {
  if (repository.has(`${folder}/src/outcome.ts`)) return true;
  if (!manifest.peerDependencies) return false;
  return textsIn(repository, `${folder}/src/`, /\.ts$/).some((text) => text.includes(`'@switchgear/core/adapter'`));
}

function textsIn(repository: Repository, folder: string, name: RegExp): string[] {
  return [...repository].flatMap(([path, text]) => (path.startsWith(folder) && name.test(path) ? [text] : []));
}
