/** As much of Workers as we use. */
declare module 'cloudflare:workers' {
  /** What other Workers may call. */
  export class WorkerEntrypoint {}
}
