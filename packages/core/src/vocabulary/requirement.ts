/** How a refused value is shown: strings in quotes, so that `'5'` cannot be taken for `5`. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Object(value) !== value) return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}

/** Refuses a value with the option's name, the rule it broke and the value itself. */
export function refuse(option: string, rule: string, value: unknown): never {
  throw invalid(option, rule, value);
}

/** The error of a value that breaks a rule, to throw or to report. */
export function invalid(option: string, rule: string, value: unknown): TypeError | RangeError {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  return new Refusal(`${option} must be ${rule}, got ${show(value)}`);
}

/** A finite number of at least `least`. */
export function requireNumber(option: string, value: unknown, least: number): void {
  if (!(Number.isFinite(value) && (value as number) >= least)) refuse(option, `a number of at least ${least}`, value);
}

/** A whole number of at least `least`. */
export function requireWhole(option: string, value: unknown, least: number = 1): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= least))
    refuse(option, `a whole number of at least ${least}`, value);
}

/** A length of time that is longer than nothing, in milliseconds. */
export function requireMillis(option: string, value: unknown): void {
  if (!(Number.isFinite(value) && (value as number) > 0))
    refuse(option, 'a number of milliseconds greater than 0', value);
}

/** A share: more than none of the calls and at most all of them. */
export function requireShare(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && value <= 1))
    refuse(option, 'a share greater than 0 and at most 1', value);
}

/** One of a few words. */
export function requireOneOf(option: string, value: unknown, words: readonly unknown[]): void {
  if (!words.includes(value)) refuse(option, `one of ${words.map(show).join(', ')}`, value);
}

/**
 * An object with nothing in it but known options: a misspelt name must not be a silent default.
 *
 * @returns the options that say something: an explicit undefined, which plain JavaScript callers pass, is an option left out
 */
export function requireOptions<Options extends object>(of: string, value: Options, names: readonly string[]): Options {
  if (Object(value) !== value) refuse(of, 'an object', value);
  const given: Partial<Options> = {};
  for (const name of Object.keys(value) as (keyof Options & string)[]) {
    if (!names.includes(name)) throw new TypeError(`${of} has no option '${name}'; it takes ${names.join(', ')}`);
    if (value[name] !== undefined) given[name] = value[name];
  }
  return given as Options;
}

/** A function; or a plug, which is known by its method: made by one of the library's recipes or after their interface. */
export function requireFunction(
  option: string,
  method: unknown,
  rule: string = 'a function',
  plug: unknown = method,
): void {
  if (typeof method !== 'function') refuse(option, rule, plug);
}
