import type { JSX } from 'preact';
import { type Figure, say } from '../../src/impact/figure.ts';
import type { Impact } from '../../src/impact/impact.ts';
import { askForImpact } from '../data/ask.ts';
import { useAnswer } from '../data/use.ts';
import { clock } from '../parts/format.ts';
import { headlineOf } from './headline.ts';

/** What the breakers saved: one number, and on request its range, the other figures and their formulas. */
export function Saved(): JSX.Element {
  const { answer: impact, trouble } = useAnswer(askForImpact, 'impact', 3_000);
  return (
    <section class="card saved" aria-labelledby="saved-title">
      <h2 id="saved-title">Savings</h2>
      {impact ? <Report impact={impact} /> : <p class="soft">{trouble ?? 'Loading …'}</p>}
    </section>
  );
}

function Report({ impact }: { readonly impact: Impact }): JSX.Element {
  const { amount, title } = headlineOf(impact);
  return (
    <>
      <p class="headline">
        <b>{amount}</b> <span class="soft">{`${title} since ${clock(impact.since)}`}</span>
      </p>
      <details>
        <summary>Range and formulas</summary>
        <p class="soft">
          How refused calls would have ended is unknown, so some figures are ranges; “about” is the middle of one.
        </p>
        <dl>
          {Object.entries<Figure | undefined>({ ...impact.figures }).map(
            ([name, figure]) => figure && <One key={name} figure={figure} currency={impact.currency} />,
          )}
        </dl>
        {impact.unknown.length > 0 && <p class="soft unknown">Unknown: {unknownOf(impact).join('; ')}.</p>}
      </details>
    </>
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
