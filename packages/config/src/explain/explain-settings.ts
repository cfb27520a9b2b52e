import type { Settings } from '../load/settings.ts';
import { type BreakerData, laidOver } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import { percentText } from '../values/share.ts';
import { recoverSentence, waitSentence, windowPhrase } from './explain-plugs.ts';
import { rulePhrase } from './explain-rule.ts';

/** Each breaker of some settings, in sentences for people. */
export function explainSettings({ data }: Pick<Settings, 'data'>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(data.breakers).map(([name, own]) => [name, sentencesOf(laidOver(data.defaults, own))]));
}

function sentencesOf(data: BreakerData): readonly string[] {
  const { openWhen, openFor, recover, permitTimeout, initialState } = data;
  const classic = openWhen ?? data.window ?? data.evaluateOn;
  // A preset brings adaptive mode's way of waiting and of coming back.
  return [
    ...modeSentence(data),
    ...(initialState && initialState !== 'closed' ? [`It begins ${initialState}.`] : []),
    opens(data),
    waitSentence(openFor, classic !== undefined),
    recoverSentence(recover, classic !== undefined),
    ...(permitTimeout === undefined
      ? []
      : [`A call that has not ended after ${durationText(permitTimeout)} no longer holds its place.`]),
    ...errorSentences(data),
    ...policySentences(data),
  ];
}

function modeSentence({ mode }: BreakerData): string[] {
  switch (mode) {
    case 'isolated':
      return ['It refuses every call until its mode is changed.'];
    case 'disabled':
      return ['It is switched off: it lets every call through and counts none.'];
    case 'shadow':
      return ['It refuses nothing, and says what it would have done.'];
    default:
      return [];
  }
}

function opens({ openWhen, window, evaluateOn, preset }: BreakerData): string {
  if (openWhen) {
    const judged = evaluateOn === 'any' ? ' This is judged after every call, successes too.' : '';
    return `It opens when ${rulePhrase(openWhen, windowPhrase(window))}.${judged}`;
  }
  if (preset) return `It has the preset ${preset}: adaptive mode, and limits of its own.`;
  if (window || evaluateOn) return `It opens when ${rulePhrase({ failureRate: 0.5 }, windowPhrase(window))}.`;
  return 'It is in adaptive mode: it learns what is normal, and opens on failures that cannot be chance and on silence.';
}

function errorSentences({ errors }: BreakerData): string[] {
  return [
    ...(errors?.ignored ? [`Errors called ${errors.ignored.join(', ')} say nothing about the service.`] : []),
    ...(errors?.failures ? [`Only errors called ${errors.failures.join(', ')} are failures.`] : []),
  ];
}

function policySentences({ timeout, deadline, bulkhead, retryBudget, fallback, healthProbe }: BreakerData): string[] {
  const sentences: string[] = [];
  if (timeout !== undefined) sentences.push(`A call is ended after ${durationText(timeout)}.`);
  if (deadline?.limit !== undefined)
    sentences.push(`All calls for one request together have ${durationText(deadline.limit)}.`);
  if (bulkhead) {
    const { concurrent, queue = 0, queueFor = 1_000 } = bulkhead;
    const waiting = queue === 0 ? 'others are refused' : `${queue} more wait for ${durationText(queueFor)} at most`;
    sentences.push(`At most ${concurrent} calls run at once; ${waiting}.`);
  }
  if (retryBudget)
    sentences.push(
      `Retries are at most ${percentText(retryBudget.share ?? 0.2)} of the calls, and ${retryBudget.burst ?? 10} more at once.`,
    );
  if (fallback)
    sentences.push(
      `If a call fails or is refused, the last good answer is served while it is no older than ${durationText(fallback.cached.maxAge)}.`,
    );
  if (healthProbe) sentences.push(`The service is pinged every ${durationText(healthProbe.every ?? 30_000)}.`);
  return sentences;
}
