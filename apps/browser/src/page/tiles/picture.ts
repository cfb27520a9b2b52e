import type { Millis } from '@switchgear/core';

/** What a tile looked like at some moment. */
export interface Picture {
  readonly image: Blob;

  /** When it came from the server, in milliseconds since 1970. */
  readonly takenAt: Millis;
}

/** What can be shown in a place on the map: the tile itself, an old copy of it, or nothing at all. */
export type Sight = ({ readonly kind: 'fresh' | 'old' } & Picture) | { readonly kind: 'nothing' };
