import type { Mode } from '../services/mode.ts';

/** Tells one service what to do, and asks it what it saw. */
export interface Operator<Entry> {
  /** Resolves to when the service changed, in milliseconds since 1970. */
  setMode(mode: Mode): Promise<number>;
  calls(): Promise<Readonly<Record<Mode, number>>>;

  /** What it has done, in order. */
  records(): Promise<readonly Entry[]>;
}

/** Speaks to the operators' side of a service. */
export function operatorOf<Entry>(operatorUrl: string, service: ServiceName): Operator<Entry> {
  const ask = async <T>(path: string, method = 'GET'): Promise<T> => {
    const response = await fetch(`${operatorUrl}/${service}${path}`, { method });
    if (!response.ok) throw new Error(`${method} /${service}${path} was answered with ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    setMode: async (mode) => (await ask<{ readonly at: number }>(`/mode/${mode}`, 'PUT')).at,
    calls: () => ask('/calls'),
    records: () => ask('/records'),
  };
}

/** The services that the order service calls. */
export type ServiceName = 'payments' | 'alternative' | 'products' | 'customers' | 'shipping';

/** What the process of the services says once they listen. */
export interface ServicesReady {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly operatorUrl: string;
}

/** Where the order service finds the others: its environment. */
export function addressesOf({ urls }: ServicesReady): Record<string, string> {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
}
