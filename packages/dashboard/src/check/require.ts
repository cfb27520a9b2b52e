import { refuse } from '@switchgear/core/adapter';

/** A string. */
export function requireString(option: string, value: unknown): void {
  if (typeof value !== 'string') refuse(option, 'a string', value);
}

/** A list of strings. */
export function requireStrings(option: string, value: unknown): void {
  if (!Array.isArray(value)) refuse(option, 'a list of strings', value);
  for (const [index, each] of value.entries()) requireString(`${option}[${index}]`, each);
}

/** True or false. */
export function requireBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') refuse(option, 'true or false', value);
}
