import { execFileSync } from 'node:child_process';
import { readRepository, root } from '../repository/read-repository.ts';
import { publicPackages } from '../repository/workspace.ts';

/** Packs every public package, as `pnpm publish` would. Returns the tarballs by the packages' folders. */
export function packAll(destination: string): Record<string, string> {
  const packages = publicPackages(readRepository());
  const chosen = packages.map(({ manifest }) => `--filter=${manifest.name}`);
  const args = ['--recursive', ...chosen, 'pack', '--json', '--pack-destination', destination];
  const said = execFileSync('pnpm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, stdio: 'pipe' });
  const packed = JSON.parse(said) as readonly { readonly name: string; readonly filename: string }[];
  const files = new Map(packed.map(({ name, filename }) => [name, filename]));
  return Object.fromEntries(
    packages.map(({ folder, manifest }) => {
      const file = files.get(manifest.name);
      if (file === undefined) throw new Error(`packing made no file of ${folder}`);
      return [folder, file];
    }),
  );
}
