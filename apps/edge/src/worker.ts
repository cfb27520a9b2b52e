/** Cloudflare Workers. The addresses of the services are variables of the Worker. */
import { app } from './app.ts';

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default app;
