import type { Goal } from './goal.ts';
import { noticing } from './noticing.ts';
import { worth } from './worth.ts';

/**
 * All of them. They come from a study that was made before the library, whose algorithm is the reference here. Its
 * goal 11 is about evidence that several instances share, and waits for stores.
 */
export const goals: readonly Goal[] = [...noticing, ...worth];
