import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a publication sends to the registry. */
export interface Publication {
  readonly name: string;
  readonly access: string;
  readonly versions: Readonly<Record<string, { readonly repository?: { readonly url?: string } }>>;
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

/** On loopback, what a release from GitHub Actions talks to: GitHub's identity tokens, Sigstore, and a registry. */
export interface ReleaseServices extends AsyncDisposable {
  readonly url: string;
  /** What the registry has accepted. */
  readonly published: readonly Publication[];
  /** The audiences for which identity tokens were given. */
  readonly audiences: readonly string[];
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** An identity as GitHub gives it to a job with `id-token: write`. Nothing here checks its signature. */
const IDENTITY = `${encoded({ alg: 'none' })}.${encoded({ sub: 'repo:us/project', iss: 'https://example.org' })}.none`;

/** Sigstore would issue a certificate. To npm it is bytes. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${encoded('certificate')}\n-----END CERTIFICATE-----`;

/** Starts them. The registry applies npm's rule for provenance; see `refusalOf`. */
export async function releaseServices(): Promise<ReleaseServices> {
  const published: Publication[] = [];
  const audiences: string[] = [];
  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async function answer(request: IncomingMessage): Promise<[number, unknown]> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    if (pathname === '/identity') {
      audiences.push(searchParams.get('audience') ?? '');
      return [200, { value: IDENTITY }];
    }
    if (pathname.includes('/oidc/token/exchange/')) return [201, { token: 'granted' }];
    if (pathname === '/api/v2/signingCert') {
      return [201, { signedCertificateEmbeddedSct: { chain: { certificates: [CERTIFICATE] } } }];
    }
    if (pathname === '/api/v1/log/entries') return [201, entryOf(await json(request))];
    if (request.method !== 'PUT') return [404, { error: 'not found' }];
    const publication = (await json(request)) as Publication;
    const refusal = refusalOf(publication);
    if (refusal) return [422, { error: refusal }];
    published.push(publication);
    return [201, { ok: true }];
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    published,
    audiences,
    [Symbol.asyncDispose]: () => closed(server),
  };
}

/** An entry of the transparency log, as Rekor answers. */
function entryOf(proposed: unknown): object {
  const logID = Buffer.from('log').toString('hex');
  const inclusionProof = { logIndex: 1, rootHash: '00', treeSize: 2, hashes: [], checkpoint: '' };
  const verification = { signedEntryTimestamp: encoded('signed'), inclusionProof };
  return { uuid: { body: encoded(proposed), integratedTime: 1, logID, logIndex: 1, verification } };
}

/**
 * Why npm's registry would refuse this. Its answer to provenance from another repository than the one the package names
 * is a 422 with these words; its code is not public, so this is the rule as its users meet it.
 */
function refusalOf({ name, versions, _attachments }: Publication): string | undefined {
  const bundle = Object.entries(_attachments).find(([file]) => file.endsWith('.sigstore'))?.[1];
  if (!bundle) return `${name} has no provenance`;
  const { dsseEnvelope } = JSON.parse(bundle.data) as { dsseEnvelope: { payload: string } };
  const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as {
    predicate: { buildDefinition: { externalParameters: { workflow: { repository: string } } } };
  };
  const built = statement.predicate.buildDefinition.externalParameters.workflow.repository;
  const url = Object.values(versions)[0]?.repository?.url ?? '';
  if (url.replace(/^git\+/, '').replace(/\.git$/, '') === built) return undefined;
  return `Failed to validate repository information: package.json: "repository.url" is "${url}", expected to match "${built}" from provenance`;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
