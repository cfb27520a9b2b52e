import type { Row } from '../../src/wire/row.ts';

/** How a breaker is shown: an operator's word comes before the state. */
export type Kind = 'closed' | 'half-open' | 'open' | 'isolated' | 'disabled' | 'shadow';

/** In the order in which they are listed. */
export const KINDS: readonly Kind[] = ['open', 'half-open', 'isolated', 'disabled', 'shadow', 'closed'];

/** A kind as it is called on the page. */
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  closed: 'Closed',
  'half-open': 'Half-open',
  open: 'Open',
  isolated: 'Isolated',
  disabled: 'Disabled',
  shadow: 'Shadow',
};

/** How this breaker is shown. */
export function kindOf({ mode, state }: Pick<Row, 'mode' | 'state'>): Kind {
  return mode === 'active' ? state : mode;
}
