import type { Account } from '../document/account.ts';
import { type Place, pathTo } from '../document/place.ts';

/** A document whose keys may hold several names, `a.b.c: 1`, as the maps that Java reads them as. */
export function withoutDots(place: Place): Place {
  if (place.items) return { ...place, items: place.items.map(withoutDots) };
  if (!place.entries) return place;
  const entries = new Map<string, Place>();
  for (const part of place.entries.values()) {
    const [first = '', ...rest] = /^\[.*\]$/.test(part.key) ? [part.key.slice(1, -1)] : part.key.split('.');
    const whole = rest.length === 0 ? withoutDots({ ...part, key: first }) : nested(place.path, [first, ...rest], part);
    entries.set(first, merged(entries.get(first), whole));
  }
  return { ...place, entries };
}

function nested(path: string, [first = '', ...rest]: readonly string[], part: Place): Place {
  const here = pathTo(path, first);
  if (rest.length === 0) return withoutDots({ ...part, key: first });
  const inner = nested(here, rest, part);
  return { path: here, key: first, at: part.at, keyAt: part.keyAt, entries: new Map([[inner.key, inner]]) };
}

/**
 * Two maps laid over each other, the second over the first. Anything else replaces what was there.
 *
 * @param onReplaced receives each value that another replaces
 */
export function merged(under: Place | undefined, over: Place, onReplaced: (place: Place) => void = () => {}): Place {
  if (!under?.entries || !over.entries) {
    if (under) onReplaced(under);
    return over;
  }
  const entries = new Map(under.entries);
  for (const [key, part] of over.entries) entries.set(key, merged(entries.get(key), part, onReplaced));
  return { ...over, entries };
}

/** Several documents as one, as Java reads them: what a later one says counts. */
export function together(documents: readonly Place[], account: Account): Place | undefined {
  const onReplaced = (place: Place) =>
    account.note(place, 'not carried', 'is said again in a later document, which counts');
  const [first, ...others] = documents.map(withoutDots);
  return first && others.reduce((under, over) => merged(under, over, onReplaced), first);
}
