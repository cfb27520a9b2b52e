import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { publicPackages } from '../repository/workspace.ts';

/** Packs every public package, as `pnpm publish` would. Returns the tarballs by the packages' folders. */
export function packAll(destination: string): Record<string, string> {
  const tarballs: Record<string, string> = {};
  for (const { folder } of publicPackages(readRepository())) {
    const before = readdirSync(destination);
    execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd: join(root, folder), stdio: 'pipe' });
    const packed = readdirSync(destination).filter((file) => !before.includes(file));
    if (packed.length !== 1) throw new Error(`packing ${folder} made ${packed.length} files`);
    tarballs[folder] = join(destination, packed.join());
  }
  return tarballs;
}
