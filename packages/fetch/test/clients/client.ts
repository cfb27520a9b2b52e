/** What the service of these tests answers. */
export interface Weather {
  readonly wind: number;
}

/** Where it is, for clients that want an address. */
export const ADDRESS = 'http://weather.example';

/** A client that takes a `fetch`, called as its users call it. */
export interface Client {
  readonly name: string;

  /** How its users pass one. */
  readonly given: string;

  /** Asks with whatever the client does by default, and gives or throws what its user gets. */
  ask(fetch: typeof globalThis.fetch): Promise<unknown>;

  /** How it is configured not to repeat refusals; absent for a client that repeats nothing. */
  readonly told?: {
    readonly how: string;
    ask(fetch: typeof globalThis.fetch): Promise<unknown>;
  };
}
