/**
 * What a proxy does to the connections through it:
 *
 * - `pass`: nothing.
 * - `refuse`: nobody listens on the port, and what was open is reset, as when a process dies.
 * - `reset`: connections are accepted and reset; what was open is reset too.
 * - `close`: connections are accepted and closed in an orderly way without a byte; what was open is closed too.
 * - `black-hole`: connections are accepted, and neither side hears of the other until that changes.
 * - `cut`: each connection is reset after so many more bytes of the answer.
 * - `trickle`: answers arrive in pieces of `bytes`, one every `every` milliseconds.
 * - `delay`: every piece of an answer arrives so many milliseconds late.
 */
export type WireFault =
  | 'pass'
  | 'refuse'
  | 'reset'
  | 'close'
  | 'black-hole'
  | { readonly cut: number }
  | { readonly trickle: { readonly bytes: number; readonly every: number } }
  | { readonly delay: number };
