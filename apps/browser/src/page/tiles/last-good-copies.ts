import type { Picture } from './picture.ts';

/** The last good picture of each tile, in the browser's Cache API, so it survives a reload. */
export interface LastGoodCopies {
  keep(url: string, picture: Picture): Promise<void>;
  find(url: string): Promise<Picture | undefined>;
}

/** The header of a stored response that has the time it was taken. */
const TAKEN_AT = 'X-Taken-At';

/** How many copies may exceed the limit for a while, so that the cache is not listed at every put. */
const SLACK = 32;

/**
 * Opens the store of copies. Where the Cache API is missing or full, nothing is stored or found, and the map works without copies.
 *
 * @param most how many tiles are kept; beyond that, the oldest are dropped
 */
export function openCopies(name: string, most: number): LastGoodCopies {
  let cache: Promise<Cache> | undefined;
  let kept = SLACK;
  const open = () => {
    cache ??= caches.open(name);
    return cache;
  };

  async function keep(url: string, { image, takenAt }: Picture): Promise<void> {
    const headers = { 'Content-Type': image.type, [TAKEN_AT]: String(takenAt) };
    await (await open()).put(url, new Response(image, { headers }));
    kept += 1;
    if (kept > SLACK) await trim();
  }

  async function trim(): Promise<void> {
    kept = 0;
    const keys = await (await open()).keys();
    // A tile that is kept again moves to the end.
    for (const key of keys.slice(0, Math.max(0, keys.length - most))) await (await open()).delete(key);
  }

  async function find(url: string): Promise<Picture | undefined> {
    const copy = await (await open()).match(url);
    return copy && { image: await copy.blob(), takenAt: Number(copy.headers.get(TAKEN_AT)) };
  }

  return {
    keep: (url, picture) => keep(url, picture).catch(() => undefined),
    find: (url) => find(url).catch(() => undefined),
  };
}
