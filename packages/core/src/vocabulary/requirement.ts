/** How a refused value is shown: strings in quotes, so that `'5'` cannot be taken for `5`. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Object(value) !== value) return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}

/**
 * Refuses a value with the option's name, the rule it broke, the value itself and an example.
 *
 * @param example a value that would do, as code
 */
export function refuse(option: string, rule: string, value: unknown, example?: string): never {
  throw invalidError(option, rule, value, example);
}

/** The error of a value that breaks a rule, to throw or to report. */
export function invalidError(option: string, rule: string, value: unknown, example?: string): TypeError | RangeError {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  const advice = example === undefined ? '' : `; for example ${example}`;
  return new Refusal(`Switchgear: ${option} must be ${rule}, got ${show(value)}${advice}`);
}

/** A finite number of at least `least`. */
export function requireNumber(option: string, value: unknown, least: number): void {
  if (!(Number.isFinite(value) && (value as number) >= least)) {
    refuse(option, `a number of at least ${least}`, value, String(Math.max(least, 0)));
  }
}

/** A whole number of at least `least`. */
export function requireWhole(option: string, value: unknown, least: number = 1): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= least)) {
    refuse(option, `a whole number of at least ${least}`, value, String(Math.max(least, 10)));
  }
}

/** A length of time that is longer than nothing, in milliseconds. */
export function requireMillis(option: string, value: unknown): void {
  if (!(Number.isFinite(value) && (value as number) > 0)) {
    refuse(option, 'a number of milliseconds greater than 0', value, '30_000 for 30 s');
  }
}

/** A share: more than none of the calls and at most all of them. */
export function requireShare(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && value <= 1)) {
    refuse(option, 'a share greater than 0 and at most 1', value, '0.5 for 50 %');
  }
}

/** One of a few words. */
export function requireOneOf(option: string, value: unknown, words: readonly unknown[]): void {
  if (!words.includes(value)) refuse(option, `one of ${words.map(show).join(', ')}`, value);
}

/**
 * An object with nothing in it but known options: a misspelt name must not be a silent default. Options that the object
 * inherits, from a class or a prototype, count as its own.
 *
 * @param hints what to say of names that other libraries use
 * @returns the options that say something: an explicit undefined, which plain JavaScript callers pass, is an option left out
 */
export function requireOptions<Options extends object>(
  of: string,
  value: Options,
  names: readonly string[],
  hints: () => Readonly<Record<string, string>> = () => ({}),
): Options {
  if (Object(value) !== value) refuse(of, 'an object', value, `${of}({ ${names[0]}: … })`);
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

/** Whether two names differ by one letter: another, one more, one less, or two that changed places. */
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

/** A function; or a plug, which is known by its method: made by one of the library's recipes or after their interface. */
export function requireFunction(
  option: string,
  method: unknown,
  rule: string = 'a function',
  plug: unknown = method,
  example?: string,
): void {
  if (typeof method !== 'function') refuse(option, rule, plug, example);
}
