import { type Place, pathTo } from './place.ts';

/** The deepest nesting that is read. Real files have a third of it; an object that contains itself has no end. */
export const DEEPEST = 64;

/** An object in memory as places without positions. */
export function placeOf(value: unknown, path: string = '', key: string = '', depth: number = 0): Place {
  const part = (inner: unknown, name: string, at: string) => placeOf(inner, at, name, depth + 1);
  if (depth > DEEPEST) return { path, key, value: undefined };
  if (Array.isArray(value)) {
    return { path, key, items: value.map((inner, index) => part(inner, String(index), `${path}[${index}]`)) };
  }
  if (!isPlain(value)) return { path, key, value };
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return {
    path,
    key,
    entries: new Map(entries.map(([name, inner]) => [name, part(inner, name, pathTo(path, name))])),
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
