/** A Worker whose breakers' module is evaluated with its own, before any request. */
import { answer } from './keeper.ts';

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default { fetch: answer };
