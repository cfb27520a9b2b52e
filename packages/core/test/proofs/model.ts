// Searches every order of events for every plan until nothing new is found, and says how much that was.
import { movesOf, wordsOf } from '../model/expected.ts';
import { explore } from '../model/explore.ts';
import { must, same } from '../properties/must.ts';
import { plans } from '../properties/plans.ts';
import { grouped, report, table } from './section.ts';

const began = performance.now();
const rows = plans.map((plan) => {
  const { complete, words, moves, ...seen } = explore(plan, Infinity);
  must(complete, () => `${plan.name}: not all was searched`);
  must(same([...words].sort(), wordsOf(plan).sort()), () => `${plan.name} can be: ${[...words].join('; ')}`);
  must(same([...moves].sort(), movesOf(plan).sort()), () => `${plan.name} moves: ${[...moves].join('; ')}`);
  console.log(`${plan.name}: ${grouped(seen.situations)} situations`);
  const { situations, steps, depth, compared, closesWithin } = seen;
  const counts = [situations, steps, depth, words.size, moves.size, closesWithin, compared];
  return [plan.name, ...counts.map(grouped)];
});
const head = ['plan', 'situations', 'steps', 'depth', 'kinds', 'moves', 'closes within', 'merges compared'];
const seconds = Math.round((performance.now() - began) / 1_000);
report('model', `${table(head, rows)}\n\nThe search was complete for each plan and took ${seconds} s.`);
