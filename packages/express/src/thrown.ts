/** The errors that handlers passed on, by the response of their request. Made late, because nothing happens at import. */
let noted: WeakMap<object, unknown> | undefined;

/** Remembers the error of a request, for the breakers around it. */
export function noteThrown(response: object, error: unknown): void {
  noted ??= new WeakMap();
  noted.set(response, error);
}

/** The error of a request; `undefined` if there was none, or none that was noted. */
export function thrownFor(response: object): unknown {
  return noted?.get(response);
}
