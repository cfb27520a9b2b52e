import { html, type TemplateResult } from 'lit-html';

/** Says that this browser has lost its network, which is no fault of the server: the circuit does not open for it. */
export function offlineNote(): TemplateResult {
  return html`
    <div class="note" role="status">
      ${navigator.onLine ? '' : html`<p class="card offline"><b>You are offline.</b> That says nothing about the server, so the circuit stays as it is.</p>`}
    </div>
  `;
}
