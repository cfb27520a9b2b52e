import { html, type TemplateResult } from 'lit-html';

/** A bar with a mark on it: how far something has come, and from where on it is too much. Both from 0 to 1. */
export function meter(share: number, limit: number): TemplateResult {
  return html`
    <div class="meter" aria-hidden="true">
      <span style="width: ${Math.min(1, share) * 100}%" ?data-bad=${share >= limit}></span>
      <i style="left: ${limit * 100}%"></i>
    </div>
  `;
}
