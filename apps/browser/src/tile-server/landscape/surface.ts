import { contours } from 'd3-contour';
import { createNoise2D } from 'simplex-noise';

/** Pixels along the side of a tile. */
export const TILE = 256;

/** Pixels between two samples. */
const CELL = 8;

/** Samples beyond each edge, where contours are closed: what happens there must not be seen. */
const MARGIN = 2;

const SIDE = TILE / CELL + 1 + 2 * MARGIN;

/**
 * The areas in which a surface is at least so high, as SVG paths, one a level. Tiles side by side sample the same
 * points along the edge they share, so their areas meet.
 *
 * @param heightAt the surface by pixels from the tile's upper left corner
 */
export function levelPaths(heightAt: (x: number, y: number) => number, levels: readonly number[]): string[] {
  const heights = Array.from({ length: SIDE * SIDE }, (_, i) => heightAt(pixel(i % SIDE), pixel(Math.floor(i / SIDE))));
  const areas = contours()
    .size([SIDE, SIDE])
    .thresholds([...levels])(heights);
  return areas.map(({ coordinates }) => coordinates.flat().map(ringPath).join(''));
}

function pixel(sample: number): number {
  return (sample - MARGIN) * CELL;
}

function ringPath(ring: readonly number[][]): string {
  // The first sample sits at 0.5 in the contours' own coordinates.
  const points = ring.slice(0, -1).map(([x = 0, y = 0]) => `${round(pixel(x - 0.5))} ${round(pixel(y - 0.5))}`);
  return `M${points.join('L')}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A smooth random surface: heights from -1 to 1, the same for the same place. */
export type Surface = (x: number, y: number, octaves: number) => number;

/** Layers of simplex noise, each twice as fine and half as high as the one before. */
export function createSurface(seed: number): Surface {
  const noise = createNoise2D(seededRandom(seed));
  return (x, y, octaves) => {
    let height = 0;
    for (let octave = 0; octave < octaves; octave += 1) {
      const frequency = 2 ** octave;
      height += noise(x * frequency, y * frequency) / frequency;
    }
    return height / 2;
  };
}

/** A seeded generator (Park and Miller), so that the landscape is the same after a restart. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
