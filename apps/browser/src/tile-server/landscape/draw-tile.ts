import { createSurface, levelPaths, TILE } from './surface.ts';

/** Which tile: `x` to the east and `y` to the south, counted in tiles of zoom `z`. Each zoom halves their size. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

const land = createSurface(11);
const sky = createSurface(5);

/** Heights from which on the land has another colour, from deep sea to snow. */
const GROUND: readonly (readonly [level: number, colour: string])[] = [
  [-0.45, '#5aa2cf'],
  [-0.2, '#79b9dd'],
  [-0.08, '#9dd0e6'],
  [0, '#efe3b4'],
  [0.04, '#c3d99a'],
  [0.16, '#a4c783'],
  [0.28, '#88b274'],
  [0.4, '#bda983'],
  [0.52, '#a08f78'],
  [0.64, '#f4f5f2'],
];
const DEEP_SEA = '#4a8fc0';
const CLOUDS: readonly number[] = [0.16, 0.26, 0.38];

/** How much of a tile of zoom 0 the wind carries the clouds in a second: a few pixels at zoom 4. */
const WIND = 0.0008;

/** Draws a tile of an endless generated landscape with the clouds of this moment, and its time. */
export function drawTile({ z, x, y }: TileAddress, at: Date): string {
  const scale = 2 ** -z;
  const blown = (at.getTime() / 1_000) * WIND;
  const east = (pixels: number) => (x + pixels / TILE) * scale;
  const south = (pixels: number) => (y + pixels / TILE) * scale;
  const ground = levelPaths(
    (px, py) => land(east(px) * 5, south(py) * 5, 3 + Math.floor(z / 2)),
    GROUND.map(([level]) => level),
  );
  const clouds = levelPaths((px, py) => sky((east(px) - blown) * 6, (south(py) + blown / 3) * 9, 3), CLOUDS);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE}" height="${TILE}" viewBox="0 0 ${TILE} ${TILE}">`,
    `<rect width="${TILE}" height="${TILE}" fill="${DEEP_SEA}"/>`,
    '<g fill-rule="evenodd" stroke="#24405a" stroke-opacity=".16" stroke-width=".8">',
    ...ground.map((path, i) => `<path fill="${GROUND[i]?.[1]}" d="${path}"/>`),
    '</g><g fill-rule="evenodd" fill="#fff" fill-opacity=".34">',
    ...clouds.map((path) => `<path d="${path}"/>`),
    '</g>',
    '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11" fill="#132a3e" fill-opacity=".78">',
    `<text x="8" y="247">${at.toLocaleTimeString('en-GB')}</text>`,
    `<text x="248" y="247" text-anchor="end" fill-opacity=".5">${z}/${x}/${y}</text>`,
    '</g></svg>',
  ].join('');
}
