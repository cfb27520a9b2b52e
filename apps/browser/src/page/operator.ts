import type { Mode, Report } from '../tile-server/mode.ts';
import { OPERATOR } from './addresses.ts';

/** What the tile server itself says of its mode and of the requests that reached it. */
export function askReport(): Promise<Report> {
  return call('/report', 'GET');
}

/** Tells the tile server how to treat its callers from now on. */
export function tell(mode: Mode): Promise<Report> {
  return call(`/mode/${mode}`, 'PUT');
}

async function call(path: string, method: string): Promise<Report> {
  const answer = await fetch(OPERATOR + path, { method, signal: AbortSignal.timeout(2_000) });
  if (!answer.ok) throw new Error(`The operator of the tile server answered ${answer.status}`);
  return answer.json();
}
