import type { OpenForData, RecoverData, WindowData } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import { percentText } from '../values/share.ts';

/** The calls that a rule is judged on: `the calls of the last 10s`. */
export function windowPhrase(window: WindowData = { time: 10_000 }): string {
  if (window.count !== undefined) return `the last ${window.count} calls`;
  if (window.tumbling !== undefined) return `the calls of an interval of ${durationText(window.tumbling)}`;
  return `the calls of the last ${durationText(window.time ?? 10_000)}`;
}

/** How long a circuit stays open. */
export function waitSentence(openFor: OpenForData | undefined, classic: boolean): string {
  if (!openFor && !classic)
    return 'It stays open for as long as it pays, by the square root of what a probe costs and what waiting costs.';
  const {
    fixed,
    exponential,
    linear,
    factor = 2,
    max = 60_000,
    jitter = 'equal',
    randomized,
  } = openFor ?? { exponential: 5_000 };
  const spread = randomized === undefined ? '' : `, longer or shorter by up to ${percentText(randomized)} at random`;
  if (fixed !== undefined) return `It stays open for ${durationText(fixed)}${spread}.`;
  if (linear !== undefined) {
    const more = typeof jitter === 'number' && jitter > 0 ? `, plus up to ${durationText(jitter)} at random` : '';
    return `It stays open for ${durationText(linear)}, and each time in a row for as much longer, up to ${durationText(openFor?.max ?? Math.max(linear, 300_000))}${more}.`;
  }
  if (exponential === undefined)
    return 'It stays open by the square root of what a probe costs and what waiting costs.';
  const random = jitter === 'none' ? '' : ', spread at random';
  return `It stays open for ${durationText(exponential)}, and each time in a row ${factor} times as long, up to ${durationText(max)}${random}${spread}.`;
}

/** How traffic returns. */
export function recoverSentence(recover: RecoverData | undefined, classic: boolean): string {
  if (!recover)
    return classic
      ? 'Then one call at a time may try; two successes close it.'
      : 'Then traffic returns at the pace of the answers.';
  const { probes = 1, successes = probes, failures = 1, sample, maxStay, afterMaxStay = 'open', ramp } = recover;
  if (ramp) return `Then traffic returns in steps of ${ramp.map(percentText).join(', ')}.`;
  if (recover.selfClocked) return 'Then traffic returns at the pace of the answers.';
  const limit = maxStay === undefined ? '' : ` After ${durationText(maxStay)} it goes ${afterMaxStay} in any case.`;
  const tries = probes === 1 ? 'one call at a time may try' : `${probes} calls at once may try`;
  if (sample !== undefined) return `Then ${tries}; after ${sample} the rule decides.${limit}`;
  const closes = successes === 1 ? 'one success closes' : `${successes} successes close`;
  const opens = failures === 1 ? 'one failure opens' : `${failures} failures open`;
  return `Then ${tries}; ${closes} it, ${opens} it again.${limit}`;
}
