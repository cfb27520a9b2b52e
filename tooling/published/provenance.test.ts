import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ReleaseServices, releaseServices } from '../src/published/release-services.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { workflows } from '../src/repository/workflow.ts';
import { publicPackages } from '../src/repository/workspace.ts';

const run = promisify(execFile);
const repository = readRepository();
const tarballs = inject('tarballs');
const core = tarballs['packages/core'] ?? '';
const { homepage } = JSON.parse(repository.get('package.json') ?? '{}') as { homepage: string };
const release = workflows(repository).find(({ path }) => path.endsWith('/release.yml'));
const job = release?.jobs['npm'];
const packages = publicPackages(repository).map(
  ({ folder, manifest }) => [manifest.name, tarballs[folder] ?? ''] as const,
);

/** What every package has. */
const TAKEN = ['LICENSE', 'README.md', 'package.json', 'dist/index.js'] as const;

let services: ReleaseServices;
const scratch = mkdtempSync(join(tmpdir(), 'switchgear-release-'));
beforeAll(async () => {
  services = await releaseServices();
});
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true });
  await services?.[Symbol.asyncDispose]();
});

/** The environment of the job that publishes: what GitHub tells it, less what its `permissions` do not grant. */
function githubActions(permissions = job?.permissions): NodeJS.ProcessEnv {
  const project = new URL(homepage).pathname.slice(1);
  const identity = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${services.url}/identity?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of this job',
  };
  return {
    PATH: process.env['PATH'],
    HOME: scratch,
    npm_config_cache: join(scratch, 'npm'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: project,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKFLOW_REF: `${project}/${release?.path}@refs/heads/main`,
    GITHUB_EVENT_NAME: 'push',
    RUNNER_ENVIRONMENT: 'github-hosted',
    ...(permissions?.['id-token'] === 'write' ? identity : {}),
    ...Object.fromEntries(Object.entries(job?.env ?? {}).map(([name, value]) => [name, String(value)])),
  };
}

/** Why each tarball is refused, if it is, when npm's own code publishes it. */
async function published(paths: readonly string[], env = githubActions()): Promise<(string | undefined)[]> {
  const program = join(root, 'tooling/src/published/publish-packed.ts');
  const { stdout } = await run('node', [program, services.url, ...paths], { env });
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { refused?: string }).refused);
}

/** Core's tarball with other fields in its package.json. */
async function repacked(fields: object): Promise<string> {
  const folder = mkdtempSync(join(scratch, 'repacked-'));
  const tarball = join(folder, 'core.tgz');
  cpSync(core, tarball);
  await run('tar', ['-xzf', tarball], { cwd: folder });
  const manifest = join(folder, 'package/package.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), ...fields }));
  await run('tar', ['-czf', tarball, 'package'], { cwd: folder });
  return tarball;
}

describe('npm publish, as the release workflow runs it', () => {
  it.each(packages)('the tarball of %s has its licence, its page and its builds', async (_name, tarball) => {
    const { stdout } = await run('tar', ['-tzf', tarball]);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(TAKEN.map((path) => `package/${path}`)));
  });

  // One is enough: npm takes of each what is in its tarball, and a run takes some seconds.
  it('a dry run takes what is in the tarball', async () => {
    const args = ['publish', core, '--dry-run', '--json', `--registry=${services.url}`];
    const { stdout } = await run('npm', args, { cwd: scratch, env: githubActions() });
    // npm 11 prints the package under its name, npm 10 the package itself.
    const printed = JSON.parse(stdout) as Record<string, unknown>;
    const { files } = (printed['@switchgear/core'] ?? printed) as { files: readonly { path: string; size: number }[] };
    const taken = files.filter(({ size }) => size > 0).map(({ path }) => path);
    expect(taken).toEqual(expect.arrayContaining([...TAKEN]));
  });

  it('every package is signed and accepted, from the repository that it names', async () => {
    expect(await published(packages.map(([, tarball]) => tarball))).toEqual(packages.map(() => undefined));
    expect(services.published.map(({ name, access }) => [name, access])).toEqual(
      packages.map(([name]) => [name, 'public']),
    );
    expect(services.audiences).toContain('sigstore');
  });

  describe('a package', () => {
    const cases: readonly (readonly [what: string, fields: object, why: string])[] = [
      ['names no repository', { repository: undefined }, 'package.json: "repository.url" is ""'],
      ['names another repository', { repository: { url: 'git+https://github.com/us/fork.git' } }, 'expected to match'],
      ['is not public', { publishConfig: { provenance: true } }, 'you must set `access` to public'],
      ['asks for no provenance', { publishConfig: { access: 'public' } }, 'has no provenance'],
    ];
    let refused: readonly (string | undefined)[];
    // All in one process, because npm takes a second to start.
    beforeAll(async () => {
      refused = await published(await Promise.all(cases.map(([, fields]) => repacked(fields))));
    });

    it.each(cases.map(([what, , why], i) => [what, why, i] as const))('that %s is refused', (_what, why, i) => {
      expect(refused[i]).toContain(why);
    });
  });

  it('a job that may not ask for an identity publishes nothing', async () => {
    const env = githubActions({ contents: 'write' });
    expect(await published([core], env)).toEqual([expect.stringContaining('"write" access to the "id-token"')]);
  });

  it("the job's settings make pnpm, by which changesets publishes, refuse to publish without provenance", async () => {
    const env = githubActions({ contents: 'write' });
    const args = ['publish', core, '--json', '--no-git-checks', `--registry=${services.url}`];
    const before = services.published.length;
    const refused = run('pnpm', args, { cwd: scratch, env }).then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
    expect(await refused).toContain('Incorrect permissions for idToken');
    expect(services.published.length).toBe(before);
  });
});
