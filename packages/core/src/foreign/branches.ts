/**
 * An error and the errors behind it, outermost first. The links can be any values, so access them with `read` only.
 */
export type Branch = readonly unknown[];

/** How many errors are visited. More is a cycle or an attack, and inspection must not block the process. */
const MAX_LINKS = 64;

/** Stands for errors that were not visited. It is an unknown error, and so a failure. */
const BEYOND: object = Object.freeze({});

/**
 * Returns everything behind an error: one branch, from the outside in, for each thing that went wrong. An error with a
 * `cause` (or a client's `sourceError`) has one branch; an aggregate has one for each of its `errors`, because a ruling on
 * an aggregate needs all of them.
 *
 * It makes at most 64 visits, and never throws, whatever getters and proxies do.
 */
export function branchesOf(error: unknown): readonly Branch[] {
  if (isBare(error)) return [[error]];
  return new Inspection().branchesFrom(error);
}

/** Returns the first error that satisfies `isIt`: the error itself, or one behind it, outermost first. */
export function findBehind(error: unknown, isIt: (link: unknown) => boolean): unknown {
  if (isIt(error)) return error;
  return isBare(error) ? undefined : branchesOf(error).flat().find(isIt);
}

/** Whether there is nothing behind an error. That is the common case, so it is checked first. */
export function isBare(error: unknown): boolean {
  if (!isObject(error)) return true;
  // Destructured rather than passed to `read`, which is several times slower, because each failed call comes through here.
  try {
    const { cause, sourceError, errors } = error as Readonly<Record<'cause' | 'sourceError' | 'errors', unknown>>;
    return !(cause || sourceError || errors);
  } catch {
    return false;
  }
}

/** Walks from one error. An error behind two others is on both branches; only one behind itself ends a branch. */
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
    // An aggregate's cause is one more thing that went wrong, beside its members.
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

/** Joins `cause` and `sourceError`, two ways of naming one cause: first all of one, then all of the other. */
function oneAfterTheOther(first: Branch[], second: Branch[]): Branch[] {
  if (first.length === 0 || second.length === 0) return first.length > 0 ? first : second;
  return first.map((branch) => [...branch, ...second.flat()]);
}

/** Like `Array.isArray`, which throws for a revoked proxy. */
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether a value is an object or a function, even a revoked proxy. */
export function isObject(value: unknown): value is object {
  return Object(value) === value;
}

/**
 * Reads a field of a foreign value; `undefined` if there is none or reading it throws. Errors come from clients, servers'
 * JSON and users: some have getters that throw, some are proxies.
 */
export function read(value: unknown, field: PropertyKey): unknown {
  try {
    return (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[field];
  } catch {
    return undefined;
  }
}

/** Reads a field of a foreign value; `undefined` if it is not a string. */
export function readText(value: unknown, field: PropertyKey): string | undefined {
  const found = read(value, field);
  return typeof found === 'string' ? found : undefined;
}
