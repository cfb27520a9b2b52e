import { chargedTwiceOf, lostOf } from '../measure/checks.ts';
import type { BothSides, Figures } from '../measure/figures.ts';
import { outageOf, type Phase } from '../scenario/phases.ts';
import { count, seconds } from './text.ts';

/** What happened, and what came of it. */
export interface Story extends BothSides {
  /** The phases that were played. */
  readonly phases: readonly Phase[];
}

/** The result in one sentence. It claims no advantage that was not measured. */
export function sentenceOf({ phases, with: ours, without: theirs }: Story): string {
  const outageMs = outageOf(phases);
  const kept = [
    ours.lost === 0 ? 'nothing was lost' : lostOf(ours.lost),
    ours.chargedTwice === 0 ? 'nobody was charged twice' : chargedTwiceOf(ours.chargedTwice),
  ].join(', ');
  const compared = outageMs > 0 ? comparisonsOf(ours, theirs) : [];
  if (compared.length === 0) return `${count(ours.offered)} customers came to each shop; ${kept}.`;
  return `During ${outageMs / 1_000} s of dead payments ${[...compared, kept].join('; ')}.`;
}

function comparisonsOf(ours: Figures, theirs: Figures): string[] {
  const sentences: string[] = [];
  const [mean, otherMean] = [ours.outageMeanMs, theirs.outageMeanMs];
  if (mean !== null && otherMean !== null) {
    sentences.push(`customers waited ${seconds(mean)} on average ${versus(mean, otherMean, seconds)}`);
  }
  const [few, many] = [ours.callsToDeadService, theirs.callsToDeadService];
  if (few + many > 0) {
    sentences.push(
      `${count(few)} ${few === 1 ? 'call' : 'calls'} reached the dead service ${versus(few, many, count)}`,
    );
  }
  return sentences;
}

function versus(ours: number, theirs: number, show: (value: number) => string): string {
  const isLess = ours < theirs && show(ours) !== show(theirs);
  return isLess ? `instead of ${show(theirs)}` : `with breakers and ${show(theirs)} without`;
}
