/** Counts addresses, so that no two specs use the same one. */
let asked = 0;

/** A URL of the spec server that no other spec uses, with a count of its requests. */
export interface Address {
  readonly url: string;

  /** Requests that have reached the server. */
  reached(): Promise<number>;
}

/** @param path tells the server what to do: `/answer/503` */
export function address(server: string | undefined, path: string): Address {
  const key = `${Date.now()}-${++asked}`;
  return {
    url: `${server}${path}${path.includes('?') ? '&' : '?'}as=${key}`,
    reached: async () => Number(await (await fetch(`${server}/reached?as=${key}`)).text()),
  };
}
