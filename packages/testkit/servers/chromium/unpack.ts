/** Unpacks the browser of `@sparticuz/chromium` into the temporary folder: a process, so that it can have one of its own. */
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
