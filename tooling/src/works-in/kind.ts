import type { Project } from './project.ts';

/** A command, or a few, that reject if the project does not work. Resolves to what has to be said of it, if anything has. */
export type Check = (project: Project) => Promise<string | undefined>;

/** A kind of project that somebody may install the packages into. */
export interface Kind {
  readonly name: string;

  /** The Node that runs its tools, by version. */
  readonly node: string;

  /** What npm installs beside our packages and their hosts: `name@version`. */
  readonly packages: readonly string[];

  /** Programs that it does not install itself, as a globally installed compiler is not. */
  readonly tools?: readonly string[];

  /** Our packages, by folder, each with its hosts. */
  readonly ours: readonly string[];

  /** Whether kinds that install the same share one installation, each in a folder inside it. */
  readonly shares?: true;

  /** The test command runs it too. */
  readonly corner?: true;

  readonly files: Readonly<Record<string, string>>;

  /** Loads our entries, or bundles them. */
  readonly imports?: Check;

  /** Compiles against our declarations. */
  readonly types?: Check;

  /** Tells the story of a breaker: closed, open, refused. */
  readonly runs?: Check;
}

/** Thrown where this machine lacks what a kind needs. Such a kind has not passed and has not failed. */
export class NotAvailable extends Error {
  override name = 'NotAvailable';
}

/** The check that a command succeeds. */
export function succeeds(program: string, ...args: string[]): Check {
  return async ({ run }) => {
    await run(program, ...args);
    return undefined;
  };
}

/** The check that a program prints `story told`; one that ends early does not. */
export function tells(...programs: string[]): Check {
  return async ({ run }) => {
    for (const program of programs) {
      const said = await run('node', program);
      if (!said.includes('story told')) throw new Error(`${program} ended early and said: ${said}`);
    }
    return undefined;
  };
}

/** The check that a server, which says when it is ready and where, answers these paths with these texts. */
export function serves(expected: Readonly<Record<string, string>>, ...command: string[]): Check {
  return async ({ run }) => {
    const said = await run('node', 'ask.mjs', Object.keys(expected).join(), ...command);
    for (const text of Object.values(expected)) if (!said.includes(text)) throw new Error(`no "${text}" in: ${said}`);
    return undefined;
  };
}
