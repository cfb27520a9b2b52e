import type { LastGoodCopies } from './last-good-copies.ts';
import type { Sight } from './picture.ts';

/** Milliseconds after which a tile that has not come is a failure. */
const PATIENCE = 2_000;

/** Gets what can be shown of a tile. Never rejects. `gone` says that nobody looks at it any more. */
export type TileSource = (url: string, gone: AbortSignal) => Promise<Sight>;

/** Tiles from the server, and where one does not come, the last good copy of it. */
export function createTileSource(fetch: typeof globalThis.fetch, copies: LastGoodCopies): TileSource {
  async function ask(url: string, gone: AbortSignal): Promise<Sight | undefined> {
    const answer = await fetch(url, { signal: AbortSignal.any([gone, AbortSignal.timeout(PATIENCE)]) });
    if (!answer.ok) return undefined;
    const picture = { image: await answer.blob(), takenAt: Date.now() };
    await copies.keep(url, picture);
    return { kind: 'fresh', ...picture };
  }

  return async (url, gone) => {
    // An open circuit, a timeout, a dead network: all the same to whoever looks at the map.
    const fresh = await ask(url, gone).catch(() => undefined);
    if (fresh) return fresh;
    const copy = await copies.find(url);
    return copy ? { kind: 'old', ...copy } : { kind: 'nothing' };
  };
}
