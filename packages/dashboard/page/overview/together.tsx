import type { JSX } from 'preact';
import type { SharedCircuit } from '../../src/wire/messages.ts';
import { hashOf } from '../data/address.ts';
import { askForTogether } from '../data/ask.ts';
import { useAnswer } from '../data/use.ts';
import { plural } from '../parts/format.ts';
import { whatItMeans, whoShares } from '../parts/together-words.ts';

/** Which instances there are, and the circuits that are in trouble at any. */
export function Together(): JSX.Element {
  const { answer, trouble } = useAnswer(() => askForTogether(), 'together', 3_000);
  return (
    <section class="card together" aria-labelledby="instances-title">
      <h2 id="instances-title">Instances</h2>
      <p class={answer ? '' : 'soft'}>{answer ? whoShares(answer) : (trouble ?? 'Loading …')}</p>
      {answer && answer.circuits.length > 0 && (
        <ul>
          {answer.circuits.map((circuit) => (
            <li key={circuit.breaker}>
              <a href={`#${hashOf(circuit.breaker)}`}>{circuit.breaker}</a>: {standing(circuit)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function standing(circuit: SharedCircuit): string {
  const open = circuit.told.filter(({ state }) => state !== 'closed').length;
  return [`${circuit.state} here, not closed at ${plural(open, 'other')}.`, whatItMeans(circuit)].join(' ');
}
