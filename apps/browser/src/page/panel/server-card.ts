import { html, nothing, type TemplateResult } from 'lit-html';
import { MODES, type Mode } from '../../tile-server/mode.ts';
import type { ServerControl } from '../server/server-control.ts';

const LABELS: Readonly<Record<Mode, readonly [name: string, meaning: string]>> = {
  work: ['Works', 'answers at once'],
  slow: ['Is slow', 'takes 1.5 s'],
  hang: ['Hangs', 'never answers'],
  fail: ['Fails', '503, retry after 5 s'],
};

/** The buttons that break and repair the tile server. */
export function serverCard({ mode, trouble, choose }: ServerControl): TemplateResult {
  return html`
    <section class="card server" aria-labelledby="server-title">
      <h2 id="server-title">Tile server</h2>
      <fieldset>
        <legend class="unseen">Behaviour of the tile server</legend>
        ${MODES.map(
          (each) => html`
            <label data-mode=${each}>
              <input type="radio" name="mode" value=${each} .checked=${each === mode} @change=${() => choose(each)} />
              <span>${LABELS[each][0]}</span>
              <small>${LABELS[each][1]}</small>
            </label>
          `,
        )}
      </fieldset>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
    </section>
  `;
}
