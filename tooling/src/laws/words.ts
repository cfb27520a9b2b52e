/** A word to avoid and the one to use instead. `docs/glossary.md` explains them. */
export interface Word {
  /** In camelCase, kebab-case or prose, as a whole word. */
  readonly not: string;
  readonly but: string;
  /** In names only: in prose the word has an everyday meaning. */
  readonly namesOnly?: boolean;
}

/** Words that would be a second name for something. Only those that are not everyday English. */
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

/** Names that are too vague alone, and fine as part of a longer name: `slowThreshold`. */
export const bareNames: readonly Word[] = [
  { not: 'threshold', but: 'what the limit is on' },
  { not: 'handled', but: 'outcome' },
];

/** Functions that several packages export under one name, and the one thing each of them does. */
export const sameMeaning: Readonly<Record<string, string>> = {
  apply: 'puts into force what was worked out before: the moves of a step, the settings of a file',
  circuitBreaker: 'middleware that puts a breaker around the routes after it',
  circuitErrors: "what answers refusals of breakers further down, in the host's own error handling",
  checked: 'the options of an adapter as they are used: checked, with their defaults',
  guarded: 'makes one request of an adapter under a permit',
  guardOptionsOf: 'how a request of an adapter is classified, refused and observed',
  isBreaker: 'whether a value can be used as a breaker',
  observe: 'watches calls without refusing or changing any, and records how they end',
  originOf: 'the origin that a request goes to, from the address as its host writes it',
  answerRefusal: 'answers a refused request of a server with 503 and Retry-After',
  refuse: 'gives the client of a refused request what onOpen says',
  refusal: 'the error for a caller whose call was refused',
  routeOf: 'the pattern of the route that answers a request, as a key for a registry',
  resolveOptions: 'the options of a function: checked, laid over its defaults',
  routed: 'makes one request of an adapter, each attempt at the endpoint that a router chooses',
  timeoutError: 'an error named TimeoutError, which breakers count as a timeout',
  uploadOf: 'the source that a request sends its body from, if that source can break by itself',
};

/** Words of other projects that a source has to use, by its path. */
export const spoken: Readonly<Record<string, readonly string[]>> = {
  // The short form of the options, as other middleware for Express has it.
  'packages/express/src/options.ts': ['threshold'],
};
