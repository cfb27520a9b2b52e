import { type Outliers, outliersOf } from '../dialects/outliers.ts';
import { ruleName } from '../own/build-rule.ts';
import type { BreakerData } from '../own/data.ts';
import type { ExportNotes } from './export-notes.ts';

/** What a proxy cannot do with one breaker's settings. */
const NOT_THERE: Readonly<Record<string, string>> = {
  preset: 'a preset is adaptive mode with limits beside it; a proxy has no such mode',
  adaptive: 'a proxy has no such mode',
  evaluateOn: 'a proxy judges by rules of its own',
  permitTimeout: 'a proxy hands out no permits',
  errors: 'errors of a program do not reach a proxy',
  initialState: 'endpoints begin as healthy',
  timeout: 'a time limit belongs to a route',
  deadline: 'a time limit belongs to a route',
  fallback: 'a fallback belongs to a route',
  healthProbe: 'a health check also needs a path and a port',
};

/** Outlier detection for a breaker, with notes on what it cannot say: switched off, or undefined if nothing is said about it. */
export function detectionFor(data: BreakerData, notes: ExportNotes): Outliers | 'off' | undefined {
  notes.drop(data, NOT_THERE);
  const { mode, openWhen, openFor, recover, window } = data;
  if (mode === 'isolated' || mode === 'shadow') notes.add('mode', 'not carried', 'a proxy has no such mode');
  if (mode === 'disabled') return 'off';
  if (!openWhen) {
    notes.add('openWhen', 'not carried', "there is no rule; the proxy's own would be another");
    return undefined;
  }
  const { outliers, others } = outliersOf(data);
  for (const rule of others)
    notes.add(`openWhen.${ruleName(rule)}`, 'not carried', 'outlier detection has no such rule');
  const { consecutive5xx, consecutiveGateway, consecutiveLocal, percentage } = outliers;
  if (consecutive5xx + consecutiveGateway + consecutiveLocal === 0 && !percentage) return undefined;
  if (openFor?.linear === undefined)
    notes.add('openFor', 'approximated', 'times of ejection grow by the first, up to a longest');
  if (recover && !(recover.probes === 1 && recover.successes === 1))
    notes.add('recover', 'approximated', 'an endpoint comes back at once, with all its traffic');
  if (window && window.tumbling === undefined)
    notes.add('window', 'approximated', 'the interval, at whose end all is forgotten');
  return outliers;
}
