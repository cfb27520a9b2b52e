/** The files of a repository by their path from its root, with `/` between folders. A test makes one from a few strings. */
export type Repository = ReadonlyMap<string, string>;

/** A repository of the given files, for the tests of the laws. */
export function repositoryOf(files: Readonly<Record<string, string>>): Repository {
  return new Map(Object.entries(files));
}
