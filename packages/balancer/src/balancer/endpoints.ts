import { invalid } from '@switchgear/core/adapter';
import type { Endpoint } from '../contract/endpoint.ts';

/** @throws {TypeError | RangeError} if the list is empty, an endpoint is invalid or an id occurs twice */
export function endpointsOf<E extends Endpoint>(endpoints: Iterable<E>): readonly E[] {
  if (typeof Object(endpoints)[Symbol.iterator] !== 'function') {
    invalid('endpoints', 'a list of endpoints', endpoints, "endpoints: [{ id: 'a', url: 'http://10.0.0.1:8080' }]");
  }
  const list = [...endpoints];
  if (list.length === 0)
    invalid('endpoints', 'at least one endpoint', list, "[{ id: 'a', url: 'http://10.0.0.1:8080' }]");
  const ids = new Set<string>();
  for (const { id, weight = 1, tier = 0 } of list) {
    if (typeof id !== 'string' || id === '') invalid('endpoint id', 'a string that is not empty', id);
    if (ids.has(id)) invalid('endpoint id', 'unique in the list', id);
    ids.add(id);
    if (!(Number.isFinite(weight) && weight > 0)) invalid('endpoint weight', 'a number greater than 0', weight, '1');
    if (!(Number.isSafeInteger(tier) && tier >= 0)) invalid('endpoint tier', 'a whole number of at least 0', tier, '1');
  }
  return list;
}
