import type { SharedCircuit, Together } from '../../src/wire/messages.ts';
import { elapsed, plural } from './format.ts';

/** Who shares, in one sentence. */
export function whoShares({ group, instances, alone }: Omit<Together, 'circuits'>): string {
  if (alone) return `No other instance of “${group}” has been heard of, so this one decides alone.`;
  return `${plural(instances, 'instance')} of “${group}” share what they know; this page shows one of them.`;
}

/** How this instance stands to the others, as far as that is worth a sentence. */
export function whatItMeans({ state, ground, isItUs, isDissenting }: Omit<SharedCircuit, 'told'>): string {
  if (isItUs) return 'Open here and closed at most others: the fault is probably in this instance.';
  if (isDissenting) return 'Others see failures, but calls here go well, so this instance does not follow them.';
  return state !== 'closed' && ground === 'hearsay' ? 'Opened here on what others have told.' : '';
}

/** What each other instance says, the longest in that state first. */
export function whatTheySay({
  told,
  appointed,
}: Pick<SharedCircuit, 'told' | 'appointed'>): readonly { readonly life: string; readonly says: string }[] {
  return [...told]
    .sort((one, other) => other.age - one.age)
    .map(({ life, state, ground, rule, age }) => ({
      life: life.slice(0, 6),
      says: `${sayingOf({ state, ground, rule, age })}${life === appointed ? ', appointed to probe' : ''}`,
    }));
}

function sayingOf({ state, ground, rule, age }: Omit<SharedCircuit['told'][number], 'life'>): string {
  return state === 'closed' ? 'closed' : `${state} for ${elapsed(age)}${GROUNDS[ground] ?? ''} (${rule})`;
}

const GROUNDS: Readonly<Record<string, string>> = {
  sums: ', by its own calls',
  other: ', by its own calls',
  hearsay: ', on what others have told',
  none: ', by an operator',
};
