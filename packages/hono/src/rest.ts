/** A body of which some has come and more is to follow, as a stream that is read no faster than its reader asks. */
export class Rest {
  readonly stream: ReadableStream;
  readonly #chunks: Uint8Array[];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #listeners: (() => void)[] = [];
  #brokeOff = false;
  #isIn = false;

  constructor(chunks: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#chunks = chunks;
    this.#reader = reader;
    this.stream = new ReadableStream({
      type: 'bytes',
      pull: (controller) => this.#pull(controller),
      cancel: (reason) => {
        this.#ended();
        return reader.cancel(reason);
      },
    });
  }

  /** Whether the client has broken off. What goes wrong from then on says nothing about a service. */
  get brokeOff(): boolean {
    return this.#brokeOff;
  }

  /** Calls the listener once there is no more to wait for: read to its end, or given up by its reader. */
  whenIn(listener: () => void): void {
    if (this.#isIn) listener();
    else this.#listeners.push(listener);
  }

  #ended(): void {
    this.#isIn = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  async #pull(controller: ReadableByteStreamController): Promise<void> {
    const chunk = await this.#next();
    if (chunk) return controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    this.#ended();
    controller.close();
    // A reader that lent us its memory waits for it.
    controller.byobRequest?.respond(0);
  }

  /** The next piece with something in it: a stream of bytes takes no empty ones. */
  async #next(): Promise<Uint8Array | undefined> {
    for (let kept = this.#chunks.shift(); kept; kept = this.#chunks.shift()) if (kept.byteLength > 0) return kept;
    try {
      let next = await this.#reader.read();
      while (!next.done && next.value.byteLength === 0) next = await this.#reader.read();
      return next.value;
    } catch (error) {
      this.#brokeOff = true;
      throw error;
    }
  }
}
