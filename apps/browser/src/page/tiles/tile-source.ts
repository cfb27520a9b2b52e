import type { LastGoodCopies } from './last-good-copies.ts';
import type { Sight } from './picture.ts';

/** Timeout of a tile request, in milliseconds. */
const PATIENCE = 2_000;

/** Gets what can be shown of a tile. Never rejects. `gone` aborts when the tile has left the map. */
export type TileSource = (url: string, gone: AbortSignal) => Promise<Sight>;

/** Requests tiles from the server and falls back to the last good copy. */
export function createTileSource(fetch: typeof globalThis.fetch, copies: LastGoodCopies): TileSource {
  async function ask(url: string, gone: AbortSignal): Promise<Sight | undefined> {
    const answer = await fetch(url, { signal: AbortSignal.any([gone, AbortSignal.timeout(PATIENCE)]) });
    if (!answer.ok) return undefined;
    const picture = { image: await answer.blob(), takenAt: Date.now() };
    await copies.keep(url, picture);
    return { kind: 'fresh', ...picture };
  }

  return async (url, gone) => {
    // An open circuit, a timeout or a network error all lead to the copy.
    const fresh = await ask(url, gone).catch(() => undefined);
    if (fresh) return fresh;
    const copy = await copies.find(url);
    return copy ? { kind: 'old', ...copy } : { kind: 'nothing' };
  };
}
