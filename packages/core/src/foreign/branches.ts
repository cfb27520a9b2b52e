/**
 * An error and what is behind it, outermost first. The links are whatever was thrown, so look at them with `read` only.
 */
export type Branch = readonly unknown[];

/** How many errors are looked at. More is a cycle of some kind, or an attack, and inspecting must not block a process. */
const MAX_LINKS = 64;

/** Stands for what was not looked at. It says nothing, and an unknown error is a failure. */
const BEYOND: object = Object.freeze({});

/**
 * The inspector of foreign errors: everything behind an error, as one branch from the outside in for each thing that went
 * wrong. An error with a `cause` (or a client's `sourceError`) has one branch; an aggregate has one for each of its
 * `errors`, because a verdict about an aggregate needs all of them.
 *
 * It makes 64 visits at most, and never throws, whatever getters and proxies do.
 */
export function branchesOf(error: unknown): readonly Branch[] {
  if (isBare(error)) return [[error]];
  return new Inspection().branchesFrom(error);
}

/** The first error that is asked for: the error itself, or one behind it, outermost first. */
export function findBehind(error: unknown, isIt: (link: unknown) => boolean): unknown {
  if (isIt(error)) return error;
  return isBare(error) ? undefined : branchesOf(error).flat().find(isIt);
}

/** Whether there is nothing behind it. Most errors are like that, and an outage has many. */
export function isBare(error: unknown): boolean {
  if (!isObject(error)) return true;
  // Read by name and not by `read`: an engine is several times quicker at that, and each failed call comes by here.
  try {
    const { cause, sourceError, errors } = error as Readonly<Record<'cause' | 'sourceError' | 'errors', unknown>>;
    return !(cause || sourceError || errors);
  } catch {
    return false;
  }
}

/** Walks from one error. An error that is behind two others is behind both; only one that is behind itself ends a branch. */
class Inspection {
  readonly #path: unknown[] = [];
  #visits = 0;

  branchesFrom(link: unknown): Branch[] {
    if (this.#path.includes(link)) return [];
    if (this.#visits >= MAX_LINKS) return [[BEYOND]];
    this.#visits++;
    if (isBare(link)) return [[link]];
    this.#path.push(link);
    const members = this.#membersOf(link);
    const cause = this.#behind(link, 'cause');
    const source = this.#behind(link, 'sourceError');
    this.#path.pop();
    // Beside members a cause is one thing more that went wrong.
    const behind = members.length > 0 ? [...members, ...cause, ...source] : oneAfterTheOther(cause, source);
    return behind.length > 0 ? behind.map((branch) => [link, ...branch]) : [[link]];
  }

  #behind(link: unknown, field: string): Branch[] {
    const inner = read(link, field);
    return inner ? this.branchesFrom(inner) : [];
  }

  #membersOf(link: unknown): Branch[] {
    const errors = read(link, 'errors');
    const count = isArray(errors) ? Number(read(errors, 'length')) : 0;
    const branches: Branch[] = [];
    for (let i = 0; i < count; i++) {
      const isFull = this.#visits >= MAX_LINKS || i >= MAX_LINKS;
      branches.push(...(isFull ? [[BEYOND]] : this.branchesFrom(read(errors, i))));
      if (isFull) break;
    }
    return branches;
  }
}

/** Two ways of naming one cause: first all of one, then all of the other. */
function oneAfterTheOther(first: Branch[], second: Branch[]): Branch[] {
  if (first.length === 0 || second.length === 0) return first.length > 0 ? first : second;
  return first.map((branch) => [...branch, ...second.flat()]);
}

/** `Array.isArray` throws for a revoked proxy. */
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether something has fields of its own: an object or a function. A revoked proxy counts as one, too. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

/**
 * A field of a value that comes from outside: `undefined` where there is none, and where reading it throws. Errors are
 * made by clients, servers' JSON and users; some have getters that throw, some are proxies.
 */
export function read(value: unknown, field: PropertyKey): unknown {
  try {
    return (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[field];
  } catch {
    return undefined;
  }
}

/** A field where it is a string; `undefined` for every other value. */
export function readText(value: unknown, field: PropertyKey): string | undefined {
  const found = read(value, field);
  return typeof found === 'string' ? found : undefined;
}
