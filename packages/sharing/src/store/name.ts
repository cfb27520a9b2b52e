import { invalid } from '@switchgear/core/adapter';

/** Throws unless this can name a channel, table or key of a store. */
export function requireName(driver: string, name: unknown): void {
  if (typeof name !== 'string' || name === '' || new TextEncoder().encode(name).length > 63)
    invalid(`${driver} name`, 'a string of 1 to 63 bytes', name, "'shop breakers'");
}
