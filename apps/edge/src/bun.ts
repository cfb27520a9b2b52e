/** Bun. The addresses of the services come from the environment. */
import { app } from './app.ts';
import { upstreamsFrom } from './upstreams.ts';

/** As much of Bun as we use. */
declare const Bun: {
  readonly env: Readonly<Record<string, string | undefined>>;
  serve(options: { hostname: string; port: number; fetch(request: Request): Response | Promise<Response> }): {
    readonly port: number;
  };
};

const upstreams = upstreamsFrom((name) => Bun.env[name]);
const server = Bun.serve({
  hostname: Bun.env['HOST'] ?? '127.0.0.1',
  port: Number(Bun.env['PORT'] ?? 8787),
  fetch: (request) => app.fetch(request, upstreams),
});
console.log(`listening on http://127.0.0.1:${server.port}`);
