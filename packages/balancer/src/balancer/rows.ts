import { explain, type Instant } from '@switchgear/core';
import type { Endpoint, EndpointRow } from '../contract/endpoint.ts';
import type { Refusal } from '../leaf/blame.ts';
import type { Leaf } from '../leaf/leaf.ts';

/** A share of successes below this is said. */
const GOOD = 0.95;
/** How long a refused ejection is said. */
const SAID_FOR = 10_000;

const KEPT: Readonly<Record<Refusal, string>> = {
  cap: 'Not ejected, because as many are ejected as maxEjected allows',
  siblings: 'Not ejected, because its siblings do no better',
  unknown: 'Not ejected, because too little is known of its siblings',
};

/** How a leaf stands, and why. */
export function endpointRow<E extends Endpoint>(leaf: Leaf<E>, at: Instant): EndpointRow {
  const { id, endpoint, breaker, load, measures } = leaf;
  const { state } = breaker;
  return {
    id,
    tier: endpoint.tier ?? 0,
    zone: endpoint.zone,
    weight: leaf.isOpen ? 0 : leaf.share(at),
    state,
    load,
    latency: measures.latency(at),
    success: measures.success(at),
    why: reasons(leaf, at).join(' '),
  };
}

function reasons(leaf: Leaf, at: Instant): string[] {
  const { breaker, because, refusal, measures } = leaf;
  if (breaker.mode === 'isolated') return ['An operator isolated it.'];
  if (breaker.state === 'open') return [because ? `Ejected: ${lower(explain(because))}` : 'Ejected.'];
  const said: string[] = [];
  if (breaker.state === 'half-open') said.push(because ? `Returning: ${lower(explain(because))}` : 'Returning.');
  else if (leaf.isStarting(at)) said.push('Starting slowly.');
  if (leaf.isDegraded(at)) said.push('It says that it is degraded.');
  if (refusal && at - refusal.at < SAID_FOR) {
    said.push(`${KEPT[refusal.why]}: ${lower(explain({ ...refusal.verdict, at }))}`);
  }
  const success = measures.success(at);
  if (success < GOOD) said.push(`Chosen less often: ${Math.round(100 * (1 - success))} % of its last calls failed.`);
  return said;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
