import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiOf, readUnder } from '../published/api-report.ts';
import { readRepository, root } from '../repository/read-repository.ts';
import { entryPoints, workspaces } from '../repository/workspace.ts';
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

/** Accepts the surface and the size of a package as they are now built, as `api:approve` and `size:approve` do for all. */
export async function approve(folder: string): Promise<void> {
  const own = workspaces(readRepository()).find((each) => each.folder === folder);
  for (const [specifier, source] of own ? entryPoints(own) : []) {
    const part = specifier.slice(own?.manifest.name.length).replaceAll('/', '.');
    const declarations = source.replace('/src/', '/dist/').replace(/\.ts$/, '.d.ts');
    writeFileSync(join(root, folder, `api${part}.txt`), apiOf(declarations, readUnder(root)));
  }
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
