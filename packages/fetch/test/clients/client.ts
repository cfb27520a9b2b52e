/** What the service of these tests answers. */
export interface Weather {
  readonly wind: number;
}

/** Where it is, for clients that want an address. */
export const ADDRESS = 'http://weather.example';

/** A client that takes a `fetch`, asked as its users ask it. */
export interface Client {
  readonly name: string;

  /** How it is given one, in its users' words. */
  readonly given: string;

  /** Asks with whatever the client does by default, and gives or throws what its user gets. */
  ask(fetch: typeof globalThis.fetch): Promise<unknown>;

  /** How it is told not to repeat what was refused; absent for one that repeats nothing. */
  readonly told?: {
    readonly how: string;
    ask(fetch: typeof globalThis.fetch): Promise<unknown>;
  };
}
