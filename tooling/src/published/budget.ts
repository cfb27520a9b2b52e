import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { publicPackages } from '../repository/workspace.ts';
import { bundleOf } from './size.ts';

/** How many bytes an import may cost a user. */
export interface Budget {
  /** What is measured, for people. */
  readonly what: string;
  /** The folder of the package whose built files are measured. */
  readonly package: string;
  /**
   * What the user writes: `{ createBreaker } from '@switchgear/core'`, `* as kit from` for all of an entry point, or
   * `require('@switchgear/core')` for the CommonJS build, of which bundlers take all.
   */
  readonly import: string;
  /** What is left out besides the hosts: an adapter alone is one without core. */
  readonly without?: readonly string[];
  /** Bytes after minifying and gzip that may not be exceeded. */
  readonly limit: number;
  /** Bytes we want. */
  readonly goal?: number;
}

/** The file of the budgets. */
export const BUDGETS: string = join(root, 'tooling/size-budget.json');

const hosts = new Map(
  publicPackages(readRepository()).map(({ folder, manifest }) => [
    folder,
    Object.keys(manifest.peerDependencies ?? {}),
  ]),
);

/** The budgets of all packages. */
export function readBudgets(): readonly Budget[] {
  return JSON.parse(readFileSync(BUDGETS, 'utf8')) as Budget[];
}

/** The bytes that an import costs now, from what `build` made. */
export async function measure({ import: imported, package: folder, without = [] }: Budget): Promise<number> {
  const leftOut = [...(hosts.get(folder) ?? []), ...without];
  return (await bundleOf(imported, join(root, folder), { hosts: leftOut })).gzip;
}

/** The limit for an import of this size: 5 % of room, so that small changes pass, in steps of 10 bytes. */
export function limitFor(bytes: number): number {
  return Math.ceil((bytes * 1.05) / 10) * 10;
}

/** A budget as a line that says by how much its limit moves. */
export function movement({ what, limit }: Budget, bytes: number): string {
  const moved = limitFor(bytes) - limit;
  const by = moved === 0 ? 'stays' : `${moved > 0 ? '+' : ''}${moved} (${((100 * moved) / limit).toFixed(1)} %)`;
  return `${what}: ${bytes} bytes, limit ${limit} -> ${limitFor(bytes)}, ${by}`;
}

/** The text of the file of budgets with these limits, in its order; everything else stays. */
export function withLimits(text: string, limits: readonly number[]): string {
  let next = 0;
  return text.replace(/(?<="limit": )\d+/g, (before) => String(limits[next++] ?? before));
}
