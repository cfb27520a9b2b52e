import type { Project } from './project.ts';

/** A command, or a few, that reject if the project does not work. */
export type Check = (project: Project) => Promise<unknown>;

/** A kind of project that somebody may install the packages into. */
export interface Kind {
  readonly name: string;

  /** The Node that runs its tools, by version. */
  readonly node: string;

  /** What npm installs beside our packages and their hosts: `name@version`. */
  readonly packages: readonly string[];

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
