import { parse } from 'yaml';
import type { Repository } from './repository.ts';

/** One step of a job: a command, or an action. */
interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The fields of a job that the checks read. */
export interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly string[]>> };
  readonly steps?: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  readonly text: string;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflows of a repository, by the names of their files. */
export function workflows(repository: Repository): Workflow[] {
  return [...repository]
    .filter(([path]) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
    .map(([path, text]) => ({ path, text, jobs: (parse(text) as Pick<Workflow, 'jobs'>).jobs }));
}

/** The commands of a job, one for each program that is run: those of its steps, and the `script` of an action. */
export function commandsOf({ steps = [] }: Job): string[] {
  const scripts = steps.flatMap((step) => [step.run, step.with?.['script']]);
  return scripts
    .filter((script) => typeof script === 'string')
    .flatMap((script) => script.split(/\n|&&|\|/).map((command) => command.trim()))
    .filter(Boolean);
}

/** The versions of Node that a job sets up, with those of its matrix. */
export function nodesOf({ steps = [], strategy }: Job): string[] {
  const versions = steps.flatMap((step) => step.with?.['node-version'] ?? []).map(String);
  return versions.flatMap((version) => {
    const ofMatrix = /^\$\{\{ matrix\.(\w+) \}\}$/.exec(version)?.[1];
    return ofMatrix ? (strategy?.matrix?.[ofMatrix] ?? []).map(String) : [version];
  });
}
