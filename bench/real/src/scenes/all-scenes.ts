import { httpScenes } from './http.ts';
import { postgresScenes } from './postgres.ts';
import { rareScenes } from './rare.ts';
import type { Scene } from './scene.ts';

/** In the order of the page. */
export const scenes: readonly Scene[] = [...httpScenes, ...postgresScenes, ...rareScenes];
