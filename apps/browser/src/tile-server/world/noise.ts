import { createNoise2D } from 'simplex-noise';

/** A smooth random surface: heights from -1 to 1, the same for the same place. */
export type Surface = (x: number, y: number, octaves: number) => number;

/** Layers of simplex noise, each twice as fine and half as high as the one before. */
export function createSurface(seed: number): Surface {
  const noise = createNoise2D(dice(seed));
  return (x, y, octaves) => {
    let height = 0;
    for (let octave = 0; octave < octaves; octave += 1) {
      const frequency = 2 ** octave;
      height += noise(x * frequency, y * frequency) / frequency;
    }
    return height / 2;
  };
}

/** The same numbers from 0 to 1 for the same seed, after Park and Miller: the world must look alike after a restart. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
