import { type Check, type Kind, NotAvailable } from './kind.ts';
import type { Project } from './project.ts';
import type { Workshop } from './workshop.ts';

/** The columns of the table. */
export const COLUMNS = ['installs', 'imports', 'types', 'runs'] as const;
type Column = (typeof COLUMNS)[number];

/** `-` where a kind has nothing to check. */
export type Cell = 'ok' | 'FAILED' | 'not run' | '-';

/** What was seen of one kind. */
export interface Line {
  readonly name: string;
  readonly versions: readonly string[];
  readonly cells: Readonly<Record<Column, Cell>>;
  readonly seconds: number;
  /** What failed, with its output. */
  readonly errors: readonly string[];
  /** Why it was not run here, or what else has to be known. */
  readonly remarks: readonly string[];
}

/** Installs a project of that kind and runs its checks. A check that fails does not stop the others. */
export async function tryKind(kind: Kind, { build }: Pick<Workshop, 'build'>): Promise<Line> {
  const began = performance.now();
  const cells: Record<Column, Cell> = { installs: '-', imports: '-', types: '-', runs: '-' };
  const errors: string[] = [];
  let project: Project | undefined;
  const remarks: string[] = [];

  const checks: Record<Column, Check | undefined> = {
    ...only(kind),
    installs: async () => {
      project = await build(kind);
      return undefined;
    },
  };
  for (const column of COLUMNS) {
    const check = checks[column];
    if (!check) continue;
    if (column !== 'installs' && !project) {
      cells[column] = 'not run';
      continue;
    }
    try {
      const remark = await check(project as Project);
      if (remark !== undefined) remarks.push(remark);
      cells[column] = 'ok';
    } catch (error) {
      if (error instanceof NotAvailable) remarks.push(`not run here: ${error.message}`);
      else errors.push(`${column}: ${error instanceof Error ? error.message : error}`);
      cells[column] = error instanceof NotAvailable ? 'not run' : 'FAILED';
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  return { name: kind.name, versions: versionsOf(kind), cells, seconds, errors, remarks };
}

function only({ imports, types, runs }: Kind): Record<'imports' | 'types' | 'runs', Check | undefined> {
  return { imports, types, runs };
}

function versionsOf({ node, packages, tools = [] }: Kind): string[] {
  return [`node@${node}`, ...tools, ...packages];
}
