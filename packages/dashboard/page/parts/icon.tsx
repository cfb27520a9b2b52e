import type { JSX } from 'preact';
import type { Kind } from './format.ts';

/** The icon of a breaker: ● closed, ⚠ half-open, ○ open. Drawn as SVG, because not every font has these characters. */
export function Icon({ kind }: { readonly kind: Kind }): JSX.Element {
  return (
    <svg class="icon" data-kind={kind} viewBox="0 0 24 24" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  );
}

const SHAPES: Readonly<Record<Kind, JSX.Element>> = {
  closed: <circle cx="12" cy="12" r="9" fill="currentColor" />,
  'half-open': (
    <>
      <path d="M12 3 22.4 21H1.6Z" fill="currentColor" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      <path class="cut-out" d="M12 10v5M12 18.2v.1" stroke-width="2.2" stroke-linecap="round" />
    </>
  ),
  open: <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="4" />,
  isolated: (
    <>
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="3.4" />
      <path d="M6 18 18 6" stroke="currentColor" stroke-width="3.4" />
    </>
  ),
  disabled: (
    <>
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2.6" stroke-dasharray="3.5 3.5" />
      <path d="M8 12h8" stroke="currentColor" stroke-width="2.6" />
    </>
  ),
  shadow: (
    <>
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2.6" />
      <path d="M12 3a9 9 0 0 1 0 18Z" fill="currentColor" />
    </>
  ),
};
