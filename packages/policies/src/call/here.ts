/**
 * A function to be called once, from anywhere, that does something here: in the AsyncLocalStorage context of whoever has
 * made it. It is for what a shared timer or a user's scheduler calls. A promise's reaction keeps its context on every
 * runtime, so no runtime's own module is asked; what it does happens a microtask after the call.
 *
 * On Workers a promise belongs to a request: there, do not pass the function to another.
 */
export function here(act: () => void): () => void {
  let go!: () => void;
  void new Promise<void>((resolve) => {
    go = resolve;
  }).then(act);
  return go;
}
