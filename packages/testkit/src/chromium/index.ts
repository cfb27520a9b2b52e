export { chromiumOrSkip } from './chromium-or-skip.ts';
export { type Chromium, findChromium } from './find-chromium.ts';
export { launchChromium } from './launch-chromium.ts';
