import { html, nothing, type TemplateResult } from 'lit-html';
import { MODES, type Mode } from '../../tile-server/mode.ts';

const WORDS: Readonly<Record<Mode, readonly [name: string, meaning: string]>> = {
  work: ['Works', 'answers at once'],
  slow: ['Is slow', 'takes 1.5 s'],
  hang: ['Hangs', 'never answers'],
  fail: ['Fails', '503, back in 5 s'],
};

/** What the server card shows and does. */
export interface ServerControls {
  /** How the server behaves, as far as it has said so. */
  readonly mode: Mode | undefined;

  /** Why its operator cannot be reached. */
  readonly trouble: string | undefined;
  choose(mode: Mode): void;
}

/** The buttons that break the tile server and mend it. */
export function serverCard({ mode, trouble, choose }: ServerControls): TemplateResult {
  return html`
    <section class="card server" aria-labelledby="server-title">
      <h2 id="server-title">Tile server</h2>
      <fieldset>
        <legend class="unseen">What the tile server does</legend>
        ${MODES.map(
          (each) => html`
            <label data-mode=${each}>
              <input type="radio" name="mode" value=${each} .checked=${each === mode} @change=${() => choose(each)} />
              <span>${WORDS[each][0]}</span>
              <small>${WORDS[each][1]}</small>
            </label>
          `,
        )}
      </fieldset>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : nothing}
    </section>
  `;
}
