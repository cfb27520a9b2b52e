import { randomBytes } from 'node:crypto';
import type { Impact } from '@switchgear/dashboard/impact';
import type { Mode } from '../../services/behaviour.ts';

/** Controls one service and reads what it recorded. */
export interface Operator<Entry> {
  /** Resolves to when the service changed, in milliseconds since 1970. */
  setMode(mode: Mode): Promise<number>;
  calls(): Promise<Readonly<Record<Mode, number>>>;

  /** What it has done, in order. */
  records(): Promise<readonly Entry[]>;
}

/** Client of a service's operator API. */
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

/** What the process of the services reports once they listen. */
export interface ServicesReady {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly operatorUrl: string;
}

/** The addresses of the other services, as the environment of the order service. */
export function addressesOf({ urls }: ServicesReady): Record<string, string> {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url]));
}

/** Where the dashboard of a shop is served. */
export interface DashboardAddress {
  /** The secret path of its address. Knowing it is the authority to operate, because any other path is a 404. */
  readonly key: string;

  /** The port; 0 takes a free one. */
  readonly port: number;

  /** The origin of a page that may show it in a frame. */
  readonly framedBy?: string;
}

/** A random key that cannot be guessed. */
export function freshKey(): string {
  return randomBytes(12).toString('base64url');
}

/** The address as the environment of a shop. */
export function environmentOf({ key, port, framedBy = '' }: DashboardAddress): Record<string, string> {
  return { DASHBOARD_KEY: key, DASHBOARD_PORT: String(port), DASHBOARD_FRAMED_BY: framedBy };
}

/** Asks a shop for the names of its circuits. */
export async function askForCircuits(dashboardUrl: string): Promise<readonly string[]> {
  const { rows } = await askDashboard<{ readonly rows: readonly { readonly id: string }[] }>(
    `${dashboardUrl}/api/breakers`,
  );
  return rows.map(({ id }) => id);
}

/** Asks a shop what the breakers of its payment service have saved so far. */
export async function askForImpact(dashboardUrl: string): Promise<Impact> {
  return askDashboard(`${dashboardUrl}/api/payments/impact`);
}

async function askDashboard<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The dashboard answered ${response.status}`);
  return (await response.json()) as T;
}
