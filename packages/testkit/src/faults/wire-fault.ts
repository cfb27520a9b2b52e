/**
 * What a proxy does to the connections through it:
 *
 * - `pass`: nothing.
 * - `refuse`: the port has no listener, and open connections are reset, as when a process dies.
 * - `reset`: connections are accepted and reset; what was open is reset too.
 * - `close`: connections are accepted and closed in an orderly way without a byte; what was open is closed too.
 * - `black-hole`: connections are accepted, and no data passes in either direction until the fault changes.
 * - `cut`: each connection is reset after this many more bytes of the answer.
 * - `trickle`: answers arrive in pieces of `bytes`, one every `every` milliseconds.
 * - `delay`: every chunk of an answer arrives this many milliseconds late.
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
