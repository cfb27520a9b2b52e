import { createServer, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { listen, stop } from '@switchgear/testkit/listen';
import { build } from 'esbuild';

/** A page and the service that it asks, each an origin of its own. */
export interface Site extends AsyncDisposable {
  /** The page: it has `page.ts` loaded. */
  readonly page: string;

  /** The service, without a slash. Its paths say what it does: see {@link startSite}. */
  readonly service: string;
}

/**
 * Starts both on free loopback ports. Of the service
 *
 * - `/answer/503?retry-after=7` answers so; with `hidden` beside it the page may not read that header.
 * - `/blocked/200` responds without CORS headers, so the browser hides the response from the page.
 * - `/reset` resets the connection, `/hang` never answers, `/half-body` breaks off in the middle, `/moved` leads elsewhere.
 */
export async function startSite(): Promise<Site> {
  const script = await bundled();
  const home = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  const service = createServer((request, response) => {
    response.on('error', () => undefined);
    request.resume();
    act(new URL(request.url ?? '/', 'http://service'), response);
  });
  const [page, asked] = await Promise.all([home, service].map(listen));
  return {
    page: page ?? '',
    service: asked ?? '',
    async [Symbol.asyncDispose]() {
      await Promise.all([home, service].map(stop));
    },
  };
}

function act(url: URL, response: ServerResponse): void {
  const [, does, status] = url.pathname.split('/');
  const retryAfter = url.searchParams.get('retry-after');
  const exposed = url.searchParams.has('hidden') ? {} : { 'access-control-expose-headers': 'retry-after' };
  const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', ...exposed };
  if (does === 'hang') return;
  if (does === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (does === 'half-body') {
    response.writeHead(200, { ...open, 'content-length': '100' });
    // Only when the half has left: a reset would overtake it.
    response.write('x'.repeat(50), () => response.socket?.resetAndDestroy());
  } else if (does === 'moved') {
    response.writeHead(302, { ...open, location: '/answer/200' }).end();
  } else {
    response.writeHead(Number(status), {
      ...(does === 'blocked' ? {} : open),
      ...(retryAfter && { 'retry-after': retryAfter }),
    });
    response.end('ok');
  }
}

/** `page.ts` as a browser takes it, made from our sources. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@switchgear/source', 'browser'],
    tsconfigRaw: {},
  });
  return outputFiles[0]?.text ?? '';
}
