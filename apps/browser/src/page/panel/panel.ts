import type { Breaker } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import type { Logbook } from '../circuit/logbook.ts';
import type { ServerDesk } from '../server-desk.ts';
import { circuitCard } from './circuit-card.ts';
import { figuresCard } from './figures-card.ts';
import { historyCard } from './history-card.ts';
import { offlineNote } from './offline-note.ts';
import { serverCard } from './server-card.ts';

/** Everything beside the map. */
export function panel(breaker: Breaker, logbook: Logbook, desk: ServerDesk): TemplateResult {
  return html`
    ${offlineNote()} ${circuitCard(breaker, logbook)} ${serverCard(desk)} ${figuresCard(breaker, logbook, desk.reached)}
    ${historyCard(logbook)}
  `;
}
