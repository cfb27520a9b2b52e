import { html, type TemplateResult } from 'lit-html';
import type { Logbook, Move } from '../circuit/logbook.ts';
import { why } from '../circuit/why.ts';
import { STATE_NAMES } from './circuit-card.ts';
import { icon } from './icon.ts';

/** The latest moves of the circuit and their reasons. */
export function historyCard({ moves }: Logbook): TemplateResult {
  return html`
    <section class="card history" aria-labelledby="history-title">
      <h2 id="history-title">What happened</h2>
      ${moves.length > 0 ? html`<ol>${moves.map(line)}</ol>` : html`<p>Nothing yet. Break the tile server.</p>`}
    </section>
  `;
}

function line({ to, because, at }: Move): TemplateResult {
  return html`
    <li data-state=${to}>
      ${icon(to)}
      <p><strong>${STATE_NAMES[to]}</strong> <time>${at.toLocaleTimeString('en-GB')}</time><br />${why(because)}</p>
    </li>
  `;
}
