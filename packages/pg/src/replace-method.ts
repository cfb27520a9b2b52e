/** Any method, called as it was called. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts a method in front of another on one object. Nobody who looks at the object's own properties, or at the method's
 * name and length, sees a difference.
 *
 * @param make given the method it stands in front of, looked up at each call: prototypes may be patched later
 * @returns takes it away again, unless somebody has put theirs in front of ours
 */
export function replaceMethod(object: object, name: string, make: (original: () => Method) => Method): () => void {
  const members = object as Record<string, Method>;
  const own = Object.hasOwn(object, name) ? members[name] : undefined;
  const original = (): Method => own ?? Reflect.get(Object.getPrototypeOf(object), name, object);
  const method = make(original);
  // Only where they differ: it costs more than all the rest.
  for (const trait of ['name', 'length'] as const) {
    const value = original()[trait];
    if (method[trait] !== value) Object.defineProperty(method, trait, { value, configurable: true });
  }
  if (own) members[name] = method;
  else Object.defineProperty(object, name, { value: method, writable: true, configurable: true, enumerable: false });
  return () => {
    if (members[name] !== method) return;
    if (own) members[name] = own;
    else delete members[name];
  };
}
