import type { JSX } from 'preact';
import { askForTogether } from '../data/ask.ts';
import { useAnswer } from '../data/use.ts';
import { plural } from '../parts/format.ts';
import { whatItMeans, whatTheySay, whoShares } from '../parts/together-words.ts';

/** What other instances say of one breaker. */
export function Together({ id }: { readonly id: string }): JSX.Element | null {
  const { answer } = useAnswer(() => askForTogether(id), `together ${id}`, 2_000);
  if (!answer) return null;
  const { circuits, instances } = answer;
  const [circuit] = circuits;
  const means = circuit ? whatItMeans(circuit) : 'This breaker is not shared.';
  const said = circuit ? whatTheySay(circuit) : [];
  const silent = instances - 1 - said.length;
  return (
    <section class="card together" aria-labelledby="together-title">
      <h3 id="together-title">Other instances</h3>
      <p>{whoShares(answer)}</p>
      {means && <p class="means">{means}</p>}
      {said.length > 0 && (
        <ul>
          {said.map(({ life, says }) => (
            <li key={life}>
              <code>{life}</code> {says}
            </li>
          ))}
          {silent > 0 && <li>{plural(silent, 'other')}: closed, nothing to tell</li>}
        </ul>
      )}
    </section>
  );
}
