import type { Repository } from '../repository/repository.ts';

/** What the template is filled in with. */
export interface Adapter {
  /** Of the folder and the package: `ky` of `packages/ky` and `@switchgear/ky`. */
  readonly name: string;
  /** The npm name of the host library. */
  readonly host: string;
  /** The version of the host that the package is developed with. */
  readonly version: string;
  /** The versions of the host that its users may have. */
  readonly range: string;
  /** The methods of a client that are protected. */
  readonly methods: readonly string[];
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const NPM_NAME = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const METHOD = /^[A-Za-z_$][\w$]*$/;

/**
 * Checks what an adapter is to be called, before anything is written.
 *
 * @throws {Error} for a name that npm would not take or that a package has already, and for methods that are not names
 */
export function requireNames(adapter: Pick<Adapter, 'name' | 'host' | 'methods'>, repository: Repository): void {
  const { name, host, methods } = adapter;
  if (!NAME.test(name)) {
    throw new Error(`'${name}' is not a valid name for a package: use small letters, digits and single hyphens`);
  }
  const taken = [...repository.keys()].find((path) => path.startsWith(`packages/${name}/`));
  if (taken !== undefined) throw new Error(`packages/${name} exists already (${taken})`);
  if (!NPM_NAME.test(host)) throw new Error(`'${host}' is not a valid npm name for a host`);
  for (const method of methods) {
    if (!METHOD.test(method)) throw new Error(`'${method}' is not the name of a method: use --method send,receive`);
  }
  if (methods.length === 0) throw new Error('--method needs the name of at least one method');
}

/** The versions that a package developed with `version` supports at first: `>=2.1 <3` of 2.1.0, `>=0.45.4 <0.46` of 0.45.4. */
export function rangeFrom(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 0 ? `>=${version} <0.${minor + 1}` : `>=${major}.${minor} <${major + 1}`;
}

/**
 * The version to develop with where the registry cannot be asked: the lowest of a range, completed to three numbers.
 *
 * @throws {Error} for a range that names no version
 */
export function versionIn(range: string): string {
  const lowest = /\d+(?:\.\d+){0,2}/.exec(range)?.[0];
  if (lowest === undefined) throw new Error(`--range '${range}' names no version: use for example '>=2.1 <3'`);
  return [...lowest.split('.'), '0', '0'].slice(0, 3).join('.');
}
