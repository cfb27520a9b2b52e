import type { JSX } from 'preact';
import { type Figure, say } from '../../src/impact/figure.ts';
import type { Impact } from '../../src/impact/impact.ts';
import { askForImpact } from '../data/ask.ts';
import { useAnswer } from '../data/use.ts';
import { clock } from '../parts/format.ts';

/** What the breakers saved: each figure with its meaning and formula. */
export function Saved(): JSX.Element {
  const { answer: impact, trouble } = useAnswer(askForImpact, 'impact', 3_000);
  return (
    <section class="card saved" aria-labelledby="saved-title">
      <h2 id="saved-title">Savings</h2>
      {impact ? (
        <>
          <p class="soft">
            Since {clock(impact.since)}. How refused calls would have ended is unknown, so some figures are ranges.
          </p>
          <dl>
            {Object.entries<Figure | undefined>({ ...impact.figures }).map(
              ([name, figure]) => figure && <One key={name} figure={figure} currency={impact.currency} />,
            )}
          </dl>
          {impact.unknown.length > 0 && <p class="soft unknown">Unknown: {unknownOf(impact).join('; ')}.</p>}
        </>
      ) : (
        <p class="soft">{trouble ?? 'Loading …'}</p>
      )}
    </section>
  );
}

/** The unknown figures, grouped by reason. */
function unknownOf({ unknown }: Impact): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, why } of unknown) titles.set(why, [...(titles.get(why) ?? []), title.toLowerCase()]);
  return [...titles].map(([why, names]) => `${names.join(', ')} (${why})`);
}

function One({ figure, currency }: { readonly figure: Figure; readonly currency: string }): JSX.Element {
  return (
    <div>
      <dt>{figure.title}</dt>
      <dd class="amount">{say(figure, figure.unit === 'money' ? currency : '')}</dd>
      <dd class="meaning">{figure.meaning}</dd>
      <dd class="formula">{figure.formula}</dd>
    </div>
  );
}
