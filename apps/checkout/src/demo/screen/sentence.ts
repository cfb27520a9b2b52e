import type { Load } from '../measure/calibrate.ts';
import { chargedTwiceOf, lostOf } from '../measure/checks.ts';
import type { BothSides } from '../measure/figures.ts';
import { outageOf, type Phase } from '../scenario/phases.ts';
import { count, seconds } from './text.ts';

/** What happened, and what came of it. */
export interface Story extends BothSides {
  /** The phases that were played. */
  readonly phases: readonly Phase[];

  /** The load of the run. */
  readonly load: Pick<Load, 'isBusy'>;
}

/** Whether customers waited less with breakers, at the precision that is shown. */
export function areWaitsLess({ with: ours, without: theirs }: BothSides): boolean {
  const [mean, otherMean] = [ours.outageMeanMs, theirs.outageMeanMs];
  return mean !== null && otherMean !== null && isLess(mean, otherMean, seconds);
}

/** The result in one sentence. It claims no advantage that was not measured. */
export function sentenceOf(story: Story): string {
  const { phases, with: ours } = story;
  const outageMs = outageOf(phases);
  const kept = [
    ours.lost === 0 ? 'nothing was lost' : lostOf(ours.lost),
    ours.chargedTwice === 0 ? 'nobody was charged twice' : chargedTwiceOf(ours.chargedTwice),
  ].join(', ');
  const compared = outageMs > 0 ? comparisonsOf(story) : [];
  if (compared.length === 0) return `${count(ours.offered)} customers came to each shop; ${kept}.`;
  return `During ${outageMs / 1_000} s of dead payments ${[...compared, kept].join('; ')}.`;
}

function comparisonsOf({ with: ours, without: theirs, load }: Story): string[] {
  const sentences: string[] = [];
  const [mean, otherMean] = [ours.outageMeanMs, theirs.outageMeanMs];
  if (mean !== null && otherMean !== null) {
    const onWhat = load.isBusy ? ' on a busy machine' : '';
    sentences.push(`customers waited ${seconds(mean)} on average ${versus(mean, otherMean, seconds)}${onWhat}`);
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
  return isLess(ours, theirs, show) ? `instead of ${show(theirs)}` : `with breakers and ${show(theirs)} without`;
}

function isLess(ours: number, theirs: number, show: (value: number) => string): boolean {
  return ours < theirs && show(ours) !== show(theirs);
}
