import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUICKLY } from '../published/empty-project.ts';
import { readRepository } from '../repository/read-repository.ts';
import { hostsOf, publicPackages } from '../repository/workspace.ts';
import { type Kind, NotAvailable } from './kind.ts';
import { type Project, projectIn } from './project.ts';

/** Makes projects in one temporary folder, from the tarballs of our packages. Disposing removes them all. */
export interface Workshop extends Disposable {
  /** Installs the project of a kind, and writes its files. */
  build(kind: Kind): Promise<Project>;
}

/** A workshop with these tarballs, by the folders of our packages. */
export function workshop(tarballs: Readonly<Record<string, string>>): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'switchgear-works-in-'));
  const published = publicPackages(readRepository());
  const once = new Map<string, Promise<string>>();
  let made = 0;

  /** Installs into a folder; the same list is installed once, unless it must not be shared. */
  function install(packages: readonly string[], shared: boolean): Promise<string> {
    const key = shared ? packages.join(' ') : `${++made}`;
    const known = once.get(key) ?? installInto(join(folder, `${once.size}`), packages);
    once.set(key, known);
    return known;
  }

  async function installInto(where: string, packages: readonly string[]): Promise<string> {
    const project = projectIn(where, process.execPath);
    project.write('package.json', '{ "name": "project", "version": "1.0.0", "private": true }');
    await project.run('npm', 'install', ...QUICKLY, '--save-exact', '--strict-peer-deps', ...packages);
    return where;
  }

  async function nodeOf(version: string): Promise<string> {
    if (process.platform !== 'linux') throw new NotAvailable(`Node ${version} comes from npm for Linux only`);
    const name = `node-linux-${process.arch}`;
    const program = join(await install([`${name}@${version}`], true), 'node_modules', name, 'bin/node');
    if (!existsSync(program)) throw new NotAvailable(`npm has no Node ${version} for ${process.arch}`);
    return program;
  }

  function ourPackages({ ours }: Kind): string[] {
    const wanted = published.filter((each) => ours.includes(each.folder));
    return [...wanted.map((each) => tarballs[each.folder] ?? ''), ...new Set(wanted.flatMap(hostsOf))];
  }

  return {
    async build(kind) {
      const node = await nodeOf(kind.node);
      const installed = await install([...ourPackages(kind), ...kind.packages], kind.shares ?? false);
      const programs = kind.tools ? [await install(kind.tools, true)] : [];
      const inside = kind.shares ? join(installed, kind.name.replaceAll(/\W+/g, '-')) : installed;
      const project = projectIn(inside, node, [installed, ...programs]);
      for (const [file, text] of Object.entries(kind.files)) {
        const said = file === 'package.json' && !kind.shares ? withFields(project.read(file), text) : text;
        project.write(file, said);
      }
      return project;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** npm's `package.json` with the fields that a kind adds to it. */
function withFields(manifest: string, fields: string): string {
  return JSON.stringify({ ...JSON.parse(manifest), ...JSON.parse(fields) }, undefined, 2);
}
