/** Counts origins of a run, so that no two specs ask the same address. */
let asked = 0;

/** An address of the spec server that no other spec uses, and how often it has been asked. */
export interface Address {
  readonly url: string;

  /** Requests that have reached the server. */
  reached(): Promise<number>;
}

/** @param path what the server is to do, as a path of its own: `/answer/503` */
export function address(server: string | undefined, path: string): Address {
  const key = `${Date.now()}-${++asked}`;
  return {
    url: `${server}${path}${path.includes('?') ? '&' : '?'}as=${key}`,
    reached: async () => Number(await (await fetch(`${server}/reached?as=${key}`)).text()),
  };
}
