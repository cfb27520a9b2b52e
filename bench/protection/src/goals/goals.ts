import { free } from './free.ts';
import type { Goal } from './goal.ts';
import { noticing } from './noticing.ts';
import { worth } from './worth.ts';

/**
 * All of them. Those up to 12 come from a study that was made before the library, whose algorithm is the reference here;
 * where a client cannot know what it would need to reach one, the goal is what it can know. Goal 11 is about evidence
 * that several instances share, and waits for stores.
 */
export const goals: readonly Goal[] = [...noticing, ...worth, ...free];
