import type { Millis, Verdict } from '@switchgear/core';
import type { Fellowship } from './fellowship.ts';

/** For how long an opening counts as a vote. */
const VOTE: Millis = 10_000;

/**
 * Openings of others that cannot be added up, such as on silence: at a quorum of them, this circuit follows. An instance that
 * has made no call knows nothing itself, and follows any opening.
 */
export function votesFor(name: string, isNew: boolean, among: Fellowship): Verdict | undefined {
  const now = among.now();
  let votes = 0;
  for (const { circuits } of among.peers) {
    const told = circuits.get(name);
    if (told?.state !== 'open') continue;
    if (isNew || (told.ground === 'other' && now - told.at + told.age < VOTE)) votes++;
  }
  return votes >= among.quorum ? { rule: 'votes', evidence: { votes } } : undefined;
}

/** Whether a circuit that is open by its own evidence stands alone with that: those of most others are closed. */
export function standsAlone(name: string, { peers }: Fellowship): boolean {
  const all = [...peers];
  const closed = all.filter(({ circuits }) => (circuits.get(name)?.state ?? 'closed') === 'closed');
  return closed.length > all.length / 2;
}
