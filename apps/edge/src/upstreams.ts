/** Where the services behind this app are, without a slash at the end: a Worker's variables, or a process's environment. */
export interface Upstreams {
  readonly PRICES: string;
  readonly REVIEWS: string;
}

/** Time limit of a service, in milliseconds. Users wait for the page that needs it. */
export const TIME_LIMIT = 1_000;

/**
 * The addresses from a process's environment.
 *
 * @throws {Error} naming the variable that is not set
 */
export function upstreamsFrom(environment: (name: string) => string | undefined): Upstreams {
  const required = (name: string): string => {
    const value = environment(name);
    if (!value) throw new Error(`Set ${name} to the address of that service, such as http://127.0.0.1:9001`);
    return value;
  };
  return { PRICES: required('PRICES'), REVIEWS: required('REVIEWS') };
}
