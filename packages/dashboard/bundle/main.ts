/** Bundles the page into the module that `dist` carries. */
import { writeFileSync } from 'node:fs';
import { bundlePage } from './bundle-page.ts';
import { BUNDLED, moduleOf } from './module-of.ts';

writeFileSync(BUNDLED, moduleOf(await bundlePage()));
