import { html, type TemplateResult } from 'lit-html';
import type { Sight } from '../tiles/picture.ts';
import { age } from './age.ts';

/** What the map shows, counted: for those who do not see it, and for those who do. */
export function summary(sights: readonly (Sight | undefined)[], now: number): TemplateResult {
  const count = (kind: Sight['kind']) => sights.filter((sight) => sight?.kind === kind).length;
  const ages = sights.flatMap((sight) => (sight?.kind === 'old' ? now - sight.takenAt : []));
  const oldest = ages.length > 0 ? `, the oldest ${age(Math.max(...ages))} old` : '';
  return html`
    <ul class="legend">
      <li data-shows="fresh">From the server: <b>${count('fresh')}</b></li>
      <li data-shows="old">Old copies: <b>${count('old')}</b>${oldest}</li>
      <li data-shows="nothing">Never seen: <b>${count('nothing')}</b></li>
    </ul>
  `;
}
