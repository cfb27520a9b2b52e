import { randomBytes } from 'node:crypto';
import type { Impact } from '@switchgear/dashboard/impact';

/** Where the dashboard of a shop is to be. */
export interface DashboardPlace {
  /** The path of its address. Who does not know it finds nothing, so the address is the authority to operate. */
  readonly key: string;

  /** 0 takes a free one. */
  readonly port: number;

  /** The origin of a page that shows it in a frame. */
  readonly framedBy?: string;
}

/** A key that nobody guesses. */
export function freshKey(): string {
  return randomBytes(12).toString('base64url');
}

/** The place as the environment of a shop. */
export function environmentOf({ key, port, framedBy = '' }: DashboardPlace): Record<string, string> {
  return { DASHBOARD_KEY: key, DASHBOARD_PORT: String(port), DASHBOARD_FRAMED_BY: framedBy };
}

/** What the breakers around payments saved so far, as the shop whose dashboard this is estimates it. */
export async function askForImpact(dashboardUrl: string): Promise<Impact> {
  const response = await fetch(`${dashboardUrl}/api/payments/impact`);
  if (!response.ok) throw new Error(`The dashboard answered ${response.status}`);
  return (await response.json()) as Impact;
}
