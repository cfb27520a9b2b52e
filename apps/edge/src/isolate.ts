let id: string | undefined;

/** Names this isolate: it stays as long as module state does. Drawn at the first request, since a Worker's module scope may not. */
export function isolateId(): string {
  id ??= crypto.randomUUID();
  return id;
}
