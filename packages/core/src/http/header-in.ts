import { read } from '../foreign/branches.ts';

/**
 * A header, whatever carries it.
 *
 * @param headers a `Headers`, or a plain object with names in any case
 * @param name in lower case
 */
export function headerIn(headers: unknown, name: string): unknown {
  try {
    return (headers as { get(name: string): unknown }).get(name);
  } catch {
    return plainHeader(headers, name);
  }
}

function plainHeader(headers: unknown, name: string): unknown {
  try {
    return read(headers, Object.keys(Object(headers)).find((key) => key.toLowerCase() === name) ?? name);
  } catch {
    return undefined;
  }
}
