/** Behaviour of a service that is down: it refuses connections at once, or never answers. */
export type Absence = 'refuses' | 'hangs';

/** A cold cache: work takes `slower` times as long at first, and gradually less over `calls` calls. */
export interface Cold {
  readonly slower: number;
  readonly calls: number;
}

/** What goes wrong. Shares are from 0 to 1, times factors. */
export type Trouble =
  /** The process is gone, with all it was doing. Back, it may be cold. */
  | { readonly kind: 'crash'; readonly absence: Absence; readonly cold?: Cold }
  /** The process stands still and keeps what waits for it, as in a long pause of a collector. */
  | { readonly kind: 'freeze' }
  /** Only this share of the capacity is left. */
  | { readonly kind: 'brownout'; readonly capacity: number }
  /** The capacity sinks, in equal steps, to this share. */
  | { readonly kind: 'degradation'; readonly capacity: number }
  /** One of `of` shards is down. The client does not know which shard a call needs. */
  | { readonly kind: 'shard'; readonly of: number; readonly absence: Absence }
  /** The network of the first instances is down, as many as make this share of the calls. */
  | { readonly kind: 'cut'; readonly share: number; readonly absence: Absence }
  /** This share of the calls fails at once. */
  | { readonly kind: 'errors'; readonly share: number }
  /** Clients send `times` times as many requests. */
  | { readonly kind: 'load'; readonly times: number }
  /** Answers take `times` times as long without overload, as over a longer network path. */
  | { readonly kind: 'latency'; readonly times: number };

/** Trouble with a time: from and to, in milliseconds from the beginning. */
export type Fault = Trouble & { readonly from: number; readonly to: number };

/** In how many steps a service degrades. */
const STEPS = 40;

/** When anything changes, in order. */
export function changesOf(faults: readonly Fault[]): number[] {
  const times = faults.flatMap(({ kind, from, to }) =>
    kind === 'degradation'
      ? Array.from({ length: STEPS + 1 }, (_, step) => from + ((to - from) * step) / STEPS)
      : [from, to],
  );
  return [...new Set(times)].sort((one, other) => one - other);
}

/** Whether anything is wrong at that time. */
export function isFaultyAt(faults: readonly Fault[], at: number): boolean {
  return faults.some(({ from, to }) => at >= from && at < to);
}
