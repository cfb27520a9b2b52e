import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiOf, readUnder } from '../published/api-report.ts';
import { root } from '../repository/read-repository.ts';
import { runCommand } from '../test-run/run-command.ts';

/**
 * Makes what can only be made of a built package: the lockfile, the approved surface and the size limit.
 *
 * @returns the command that failed, to be repeated by hand; nothing if all went well
 */
export async function finish(name: string): Promise<string | undefined> {
  const commands = [
    ['pnpm', 'install', '--no-frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    ['turbo', 'run', 'build', `--filter=@switchgear/${name}`, '--output-logs=errors-only'],
  ] as const;
  for (const [program, ...args] of commands) {
    if (!(await runCommand(program, args, root))) return [program, ...args].join(' ');
  }
  try {
    await approve(`packages/${name}`);
    return undefined;
  } catch (error) {
    return `pnpm api:approve && pnpm size:approve (${(error as Error).message})`;
  }
}

async function approve(folder: string): Promise<void> {
  writeFileSync(join(root, folder, 'api.txt'), apiOf(`${folder}/dist/index.d.ts`, readUnder(root)));
  await approveSize(folder);
}

/** Imported late: the budgets read the repository when they are imported, and it has just got a package. */
async function approveSize(folder: string): Promise<void> {
  const { BUDGETS, limitFor, measure, readBudgets, withLimits } = await import('../published/budget.ts');
  const limits: number[] = [];
  for (const budget of readBudgets()) {
    limits.push(budget.package === folder ? limitFor(await measure(budget)) : budget.limit);
  }
  writeFileSync(BUDGETS, withLimits(readFileSync(BUDGETS, 'utf8'), limits));
}
