import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball of each public package, by its folder. */
    tarballs: Record<string, string>;
  }
}

const destination = mkdtempSync(join(tmpdir(), 'switchgear-packed-'));

/** Packs every public package once, as `pnpm publish` would. All checks read these files. */
export function setup(project: TestProject): void {
  const tarballs: Record<string, string> = {};
  for (const { folder } of publicPackages(readRepository())) {
    const before = readdirSync(destination);
    execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd: join(root, folder), stdio: 'pipe' });
    const packed = readdirSync(destination).filter((file) => !before.includes(file));
    if (packed.length !== 1) throw new Error(`packing ${folder} made ${packed.length} files`);
    tarballs[folder] = join(destination, packed.join());
  }
  project.provide('tarballs', tarballs);
}

/** Removes the tarballs. */
export function teardown(): void {
  rmSync(destination, { recursive: true, force: true });
}
