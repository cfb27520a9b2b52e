/** Where circuits are kept: texts by the names of breakers. Both functions may return a promise. */
export interface KeepStore {
  /** Returns what was last stored under a name; undefined or null if nothing was. */
  get(name: string): string | null | undefined | PromiseLike<string | null | undefined>;

  /** Stores a text of a few hundred characters. It is not called again for a name before it has settled. */
  set(name: string, text: string): unknown;
}
