import { byDefault } from '../policies/ours.ts';
import type { Scene } from '../scenes/scene.ts';
import { median, type Results, shown } from './results.ts';

/** Why a policy with a breaker can cost more than none in a scene. */
const reasons: Readonly<Record<string, string>> = {
  'job-at-once':
    'All fifty are sent before the first failure is known, so a breaker saves nothing in the run that fails. The circuit is still open ten minutes later, and of the fifty calls of the next run one becomes the probe. cockatiel lets callers wait for its probe instead.',
  'job-by-fives':
    'The first probe of the next run goes alone, and the limit then rises with each answer, while the job does not repeat what was refused.',
  'one-a-second':
    'One call a second leaves little to save: a refusal costs 1, and a failed call that ends at once 1.25.',
};

/** How much more than without a breaker is more than chance. */
const CHANCE = 1.02;

/** The scenes in which our default costs more than no breaker, and why. */
export function worseList(scenes: readonly Scene[], results: Results): string {
  const worse = scenes.flatMap(({ id, title, columns }) => {
    const ratios = 'ratio' in columns ? results.values(id, byDefault.name, 'ratio') : [];
    if (!(median(ratios) > CHANCE)) return [];
    return [`- **${title}**: ${shown(ratios)} x. ${reasons[id] ?? 'Not explained yet.'}`];
  });
  return worse.length > 0 ? worse.join('\n') : 'In none of these scenes.';
}
