/** Bundles the page into the module that `dist` carries, and lists the licences of what is in it. */
import { writeFileSync } from 'node:fs';
import { bundlePage } from './bundle-page.ts';
import { BUNDLED, moduleOf, NOTICES } from './module-of.ts';

const page = await bundlePage();
writeFileSync(BUNDLED, moduleOf(page));
writeFileSync(NOTICES, page.notices);
