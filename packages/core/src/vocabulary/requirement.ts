/** How a refused value is shown: strings in quotes, so that `'5'` cannot be taken for `5`. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Refuses a value with the option's name, the rule it broke and the value itself. */
export function refuse(option: string, rule: string, value: unknown): never {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  throw new Refusal(`${option} must be ${rule}, got ${show(value)}`);
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

/** An object with nothing in it but known options: a misspelt name must not be a silent default. */
export function requireOptions(of: string, value: unknown, names: readonly string[]): void {
  if (typeof value !== 'object' || value === null) refuse(of, 'an object', value);
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw new TypeError(`${of} has no option '${name}'; it takes ${names.join(', ')}`);
  }
}

/** A plug, known by its method: made by one of the library's recipes or after their interface. */
export function requirePlug(option: string, value: unknown, method: unknown, rule: string): void {
  if (typeof method !== 'function') refuse(option, rule, value);
}

/** A function. */
export function requireFunction(option: string, value: unknown): void {
  requirePlug(option, value, value, 'a function');
}
