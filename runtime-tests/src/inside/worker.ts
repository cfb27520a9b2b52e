/** Runs the specs in a Worker: once while its modules are evaluated, and once for each request, inside the handler. */
import { allSpecs } from '../specs/all-specs.ts';
import { runSpecs } from './run-specs.ts';

const atModuleScope = await runSpecs(allSpecs, {});

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/module-scope') return Response.json(atModuleScope);
    return Response.json(await runSpecs(allSpecs, await request.json()));
  },
};
