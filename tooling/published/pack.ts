import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packAll } from '../src/published/pack-all.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball of each public package, by its folder. */
    tarballs: Record<string, string>;
  }
}

const destination = mkdtempSync(join(tmpdir(), 'switchgear-packed-'));

/** Packs every public package once. All checks read these files. */
export function setup(project: TestProject): void {
  project.provide('tarballs', packAll(destination));
}

/** Removes the tarballs. */
export function teardown(): void {
  rmSync(destination, { recursive: true, force: true });
}
