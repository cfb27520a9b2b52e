import type { Picture } from './picture.ts';

/** The last picture of each tile that came, in the browser's Cache API: it outlives the page. */
export interface LastGoodCopies {
  keep(url: string, picture: Picture): Promise<void>;
  find(url: string): Promise<Picture | undefined>;
}

/** Which header of a kept answer says when it came. */
const TAKEN_AT = 'X-Taken-At';

/** How many copies may be too many for a while, so that not every one of them has to count the others. */
const SLACK = 32;

/**
 * Opens the store of copies. Where a browser has none, or no room, nothing is kept and nothing found, and the map lives
 * without.
 *
 * @param most how many tiles are kept; beyond that those go that were kept longest ago
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
