/** The part of the Workers API that we use. */
declare module 'cloudflare:workers' {
  /** Base class of entry points that other Workers may call. */
  export class WorkerEntrypoint {}
}
