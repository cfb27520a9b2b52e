import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../repository/read-repository.ts';
import type { Repository } from '../repository/repository.ts';
import { jsrJson, jsrPackages, partsOf } from './jsr-json.ts';

/** A workspace of Deno with nothing but what goes to JSR. Disposing removes it. */
export interface Stage extends Disposable {
  readonly folder: string;
}

/**
 * Copies the packages to a folder of their own, where Deno finds one by the name of another. In the repository itself Deno
 * would take pnpm's workspace for one to be migrated, and change the root's package.json. Hosts are those installed here.
 */
export function stage(repository: Repository): Stage {
  const packages = jsrPackages(repository);
  const folder = mkdtempSync(join(tmpdir(), 'switchgear-jsr-'));
  const installed = (name: string, from: string) => {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(root, from, 'node_modules', name), link);
  };
  for (const each of packages) {
    const to = join(folder, each.folder);
    for (const part of ['src', ...partsOf(each.folder, repository)]) {
      cpSync(join(root, each.folder, part), join(to, part), { recursive: true });
    }
    cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
    const config = jsrJson(each, repository);
    writeFileSync(join(to, 'jsr.json'), config);
    for (const [, host = ''] of config.matchAll(/"npm:((?:@[^@/]+\/)?[^@"]+)@/g)) installed(host, each.folder);
  }
  // The types of pg refer to these.
  installed('@types/node', 'tooling');
  const workspace = packages.map((each) => `./${each.folder}`);
  writeFileSync(join(folder, 'deno.json'), JSON.stringify({ workspace, nodeModulesDir: 'manual' }));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
