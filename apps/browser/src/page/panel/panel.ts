import type { Breaker } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import type { EventLog } from '../circuit/logbook.ts';
import type { ServerControl } from '../server/server-control.ts';
import { circuitCard, historyCard } from './circuit-card.ts';
import { figuresCard } from './figures-card.ts';
import { serverCard } from './server-card.ts';

/** The cards beside the map. */
export function panel(breaker: Breaker, eventLog: EventLog, server: ServerControl): TemplateResult {
  return html`
    ${offlineNote()} ${circuitCard(breaker, eventLog)} ${serverCard(server)} ${figuresCard(breaker, eventLog, server.reached)}
    ${historyCard(eventLog)}
  `;
}

/** A note that this browser is offline, which does not open the circuit. */
function offlineNote(): TemplateResult {
  return html`
    <div class="note" role="status">
      ${navigator.onLine ? '' : html`<p class="card offline"><b>You are offline.</b> That is not a failure of the server, so the circuit does not change.</p>`}
    </div>
  `;
}
