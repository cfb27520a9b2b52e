/** Deno. The addresses of the services come from the environment. */
import { app } from './app.ts';
import { upstreamsFrom } from './upstreams.ts';

/** As much of Deno as we use. */
declare const Deno: {
  readonly env: { get(name: string): string | undefined };
  serve(
    options: { hostname: string; port: number; onListen(address: { port: number }): void },
    handler: (request: Request) => Response | Promise<Response>,
  ): unknown;
};

const upstreams = upstreamsFrom((name) => Deno.env.get(name));
Deno.serve(
  {
    hostname: Deno.env.get('HOST') ?? '127.0.0.1',
    port: Number(Deno.env.get('PORT') ?? 8787),
    onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
  },
  (request) => app.fetch(request, upstreams),
);
