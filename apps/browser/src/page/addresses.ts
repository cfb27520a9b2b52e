/** Where tiles come from: an origin without a slash. Told by whoever serves this page. */
export const TILE_SERVER: string = import.meta.env['VITE_TILE_SERVER'];

/** Where the people sit who run the tile server. */
export const OPERATOR: string = import.meta.env['VITE_OPERATOR'];
