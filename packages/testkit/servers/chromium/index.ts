export { type Chromium, chromiumOrSkip, findChromium, launchChromium } from './chromium.ts';
