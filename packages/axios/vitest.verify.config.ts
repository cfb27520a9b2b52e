import { projectWith } from './vitest.config.ts';

/** Every minor that is installed, oldest first: what tests of the oldest and the newest alone could miss. */
export default projectWith(['1.6', '1.13', '1.18', '1.19']);
