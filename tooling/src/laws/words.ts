/** A word we do not use for our ideas, and the one we use. `docs/glossary.md` explains them. */
export interface Word {
  /** In camelCase, kebab-case or prose, as a whole word. */
  readonly not: string;
  readonly but: string;
  /** In names only: in prose the word has an everyday meaning. */
  readonly namesOnly?: boolean;
}

/** Words that would be a second name for something. Only those a reader cannot mistake for everyday English. */
export const words: readonly Word[] = [
  { not: 'trial', but: 'probe' },
  { not: 'canary', but: 'probe' },
  { not: 'token', but: 'permit' },
  { not: 'ticket', but: 'permit' },
  { not: 'semaphore', but: 'bulkhead' },
  { not: 'epoch', but: 'generation, or era', namesOnly: true },
  { not: 'backoff', but: 'openFor' },
  { not: 'utils', but: 'the name of the concept' },
  { not: 'util', but: 'the name of the concept', namesOnly: true },
  { not: 'helper', but: 'the name of the concept' },
  { not: 'helpers', but: 'the name of the concept' },
  { not: 'common', but: 'the name of the concept', namesOnly: true },
  { not: 'misc', but: 'the name of the concept', namesOnly: true },
  { not: 'manager', but: 'the name of the concept', namesOnly: true },
];

/** Names that say nothing alone, and are fine as part of one: `slowThreshold`. */
export const bareNames: readonly Word[] = [
  { not: 'threshold', but: 'what the limit is on' },
  { not: 'handled', but: 'outcome' },
];

/** Where somebody else's word has to be said. */
export const spoken: Readonly<Record<string, readonly string[]>> = {};
