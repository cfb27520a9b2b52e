/** A value as an error message shows it: strings in quotes, so that `'5'` cannot be mistaken for `5`. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Object(value) !== value) return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}

/**
 * Throws an error that names the option, the rule it broke, the value and an example.
 *
 * @param option what is wrong, as the user knows it: `'timeWindow buckets'`
 * @param rule completes "must be …"
 * @param example a valid value, as code
 * @throws {RangeError | TypeError} a RangeError if the value is a number, otherwise a TypeError
 */
export function invalid(option: string, rule: string, value: unknown, example?: string): never {
  throw invalidError(option, rule, value, example);
}

/** The error for a value that breaks a rule, to throw or to report. */
export function invalidError(option: string, rule: string, value: unknown, example?: string): TypeError | RangeError {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  const advice = example === undefined ? '' : `; for example ${example}`;
  return new Refusal(`Switchgear: ${option} must be ${rule}, got ${show(value)}${advice}`);
}

/** Throws unless the value is a finite number of at least `least`. */
export function requireNumber(option: string, value: unknown, least: number): void {
  if (!(Number.isFinite(value) && (value as number) >= least)) {
    invalid(option, `a number of at least ${least}`, value, String(Math.max(least, 0)));
  }
}

/** Throws unless the value is a whole number of at least `least`. */
export function requireWhole(option: string, value: unknown, least: number = 1): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= least)) {
    invalid(option, `a whole number of at least ${least}`, value, String(Math.max(least, 10)));
  }
}

/** Throws unless the value is a finite number of milliseconds greater than 0. */
export function requireMillis(option: string, value: unknown): void {
  if (!(Number.isFinite(value) && (value as number) > 0)) {
    invalid(option, 'a number of milliseconds greater than 0', value, '30_000 for 30 s');
  }
}

/** Throws unless the value is a share: a number greater than 0 and at most 1. */
export function requireShare(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && value <= 1)) {
    invalid(option, 'a share greater than 0 and at most 1', value, '0.5 for 50 %');
  }
}

/** Throws unless the value is one of those allowed. */
export function requireOneOf(option: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) invalid(option, `one of ${allowed.map(show).join(', ')}`, value);
}

/**
 * Throws unless the value is an object with known options only: a misspelt name must not silently become a default.
 * Options that the object inherits from a class or a prototype count as its own.
 *
 * @param hints advice for option names of other libraries
 * @returns the options that are set; an explicit `undefined` counts as not set
 */
export function requireOptions<Options extends object>(
  of: string,
  value: Options,
  names: readonly string[],
  hints: () => Readonly<Record<string, string>> = () => ({}),
): Options {
  if (Object(value) !== value) invalid(of, 'an object', value, `${of}({ ${names[0]}: … })`);
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw new TypeError(`Switchgear: ${unknownOption(of, name, names, hints())}`);
  }
  const given: Partial<Options> = {};
  for (const name of names as (keyof Options & string)[]) {
    if (value[name] !== undefined) given[name] = value[name];
  }
  return given as Options;
}

function unknownOption(
  of: string,
  name: string,
  names: readonly string[],
  hints: Readonly<Record<string, string>>,
): string {
  const near = names.find((known) => isNear(known.toLowerCase(), name.toLowerCase()));
  const hint = Object.hasOwn(hints, name) ? hints[name] : near && `did you mean '${near}'?`;
  return `${of} has no option '${name}'; it takes ${names.join(', ')}${hint ? `. ${hint}` : ''}`;
}

/** Whether two names differ by one edit: a letter replaced, added or removed, or two neighbours swapped. */
function isNear(one: string, other: string): boolean {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [rest, others] = [one.slice(at), other.slice(at)];
  return (
    rest === others ||
    rest.slice(1) === others.slice(1) ||
    rest.slice(1) === others ||
    rest === others.slice(1) ||
    (rest.slice(2) === others.slice(2) && rest[0] === others[1] && rest[1] === others[0])
  );
}

/**
 * Throws unless `method` is a function. A plug is recognised by its method, so for a plug pass the method and the plug.
 *
 * @param rule completes "must be …"
 * @param plug the value that the message shows
 */
export function requireFunction(
  option: string,
  method: unknown,
  rule: string = 'a function',
  plug: unknown = method,
  example?: string,
): void {
  if (typeof method !== 'function') invalid(option, rule, plug, example);
}
