import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRepository, root } from '../repository/read-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { runCommand } from '../test-run/run-command.ts';
import { type Adapter, rangeFrom, requireNames, versionIn } from './adapter.ts';
import { finish } from './finish.ts';
import { generate } from './generate.ts';

const USAGE = `usage: pnpm new:adapter NAME HOST [--method send,receive] [--range '>=2.1 <3']
  NAME      the folder under packages/ and the package: @switchgear/NAME
  HOST      the npm name of the library that is protected
  --method  the methods of its clients that call the dependency (send)
  --range   the versions of HOST to support, where the registry cannot be asked`;

try {
  const repository = readRepository();
  const adapter = described(repository);
  const files = generate(adapter, repository);
  const paths = [...files.keys()];
  const edited = paths.filter((path) => repository.has(path));
  const made = paths.filter((path) => !repository.has(path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await runCommand('biome', ['check', '--write', ...paths].filter(isCode), root);
  const failed = await finish(adapter.name);
  console.log(report(adapter, made, edited, failed));
  process.exitCode = failed === undefined ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** The adapter that the command line describes, with the host's newest version from the registry unless there is a range. */
function described(repository: Repository): Adapter {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { method: { type: 'string', default: 'send' }, range: { type: 'string' } },
  });
  const [name, host, ...others] = positionals;
  if (name === undefined || host === undefined || others.length > 0) throw new Error(USAGE);
  const methods = values.method.split(',').filter(Boolean);
  requireNames({ name, host, methods }, repository);
  const version = values.range === undefined ? newestOf(host) : versionIn(values.range);
  return { name, host, methods, version, range: values.range ?? rangeFrom(version) };
}

function newestOf(host: string): string {
  try {
    return execFileSync('npm', ['view', host, 'version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`the registry does not tell the newest version of ${host}: give --range\n${stderr ?? ''}`);
  }
}

/** Pages are written by hand, so only the rest is formatted. */
function isCode(argument: string): boolean {
  return !argument.endsWith('.md');
}

function report({ name, host, version, range }: Adapter, made: string[], edited: string[], failed?: string): string {
  const unfinished = `
NOT FINISHED: this failed. Repeat it; pnpm api:approve and pnpm size:approve come after it.
  ${failed}
`;
  return `
Made packages/${name}, in front of ${host} ${version} (peer ${range}):
  ${[...made, `packages/${name}/api.txt`].join('\n  ')}
Added a line to:
  ${edited.join('\n  ')}
${failed === undefined ? '' : unfinished}
Next:
  1. Run this. It is green now and has to stay so: pnpm check:adapter ${name}
  2. Fill in what only ${host} knows. The places are marked: git grep -n --untracked 'FILL IN' -- packages/${name} tooling/published/alone/${name}.*
  3. Read "An adapter in an hour" in CONTRIBUTING.md, and run pnpm test before you commit.`;
}
