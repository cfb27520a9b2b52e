import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { When } from './terminate-at.ts';

/** What a child printed. */
export interface Terminated {
  readonly isReached: boolean;
  readonly added: number;
  readonly delivered: number;
  readonly followed: readonly string[];
  readonly committed?: boolean;
  readonly deliveries?: readonly string[];
  readonly errors?: readonly string[];
}

/** Runs a scenario in a process of its own. It rejects when the process ends with another code than 0. */
export async function runChild(
  url: string,
  scenario: 'drain' | 'transaction',
  step: number,
  when: When,
): Promise<Terminated> {
  const table = `outbox_${randomUUID().replaceAll('-', '')}`;
  const child = fileURLToPath(new URL('./child.ts', import.meta.url));
  const args = ['--conditions=@switchgear/source', child, url, table, scenario, String(step), when];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
  return JSON.parse(stdout) as Terminated;
}
