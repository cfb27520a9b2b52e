/** Gives a response properties of its own, and its clones as well: constructors take few, and clones forget them. */
export function dressed(response: Response, properties: Readonly<Record<string, unknown>>): Response {
  const { clone: plainClone } = response;
  const clone = (): Response => dressed(plainClone.call(response), properties);
  for (const [name, value] of Object.entries({ ...properties, clone })) {
    Object.defineProperty(response, name, { value });
  }
  return response;
}
