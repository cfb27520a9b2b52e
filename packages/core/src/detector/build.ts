import type { Rule } from '../rules/rule.ts';
import type { DetectorPlan, DetectorRecipe, DetectorSetting } from './detector.ts';
import { windowed } from './windowed.ts';

/** The detector of a breaker with this setting: a recipe's own, or the rule judged over the window. */
export function detectorOf(openWhen: Rule | DetectorRecipe, setting: DetectorSetting): DetectorPlan {
  return 'build' in openWhen ? openWhen.build(setting) : windowed(openWhen, setting);
}
