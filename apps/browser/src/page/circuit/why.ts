import type { Because } from '@switchgear/fetch';

/** Why the circuit moved, in a sentence for whoever looks at the map. */
export function why({ rule, evidence = {} }: Because): string {
  const { calls = 0, failures = 0, slow = 0, limit = 0, slowerThan = 0 } = evidence;
  switch (rule) {
    case 'failureRate':
      return `${failures} of the last ${calls} calls failed. The limit is ${percent(limit)}.`;
    case 'slowCallRate':
      return `${slow} of the last ${calls} calls took ${slowerThan / 1_000} s or longer. The limit is ${percent(limit)}.`;
    case 'openFor':
      return 'The wait is over: one request at a time finds out whether the server is back.';
    case 'probes':
      if (failures === 0) return `${calls} probes in a row came back with a tile.`;
      return slow > 0 ? 'A probe was slow: the server is not well yet.' : 'A probe failed: the server is still down.';
    default:
      return `The rule ${rule} decided so.`;
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
