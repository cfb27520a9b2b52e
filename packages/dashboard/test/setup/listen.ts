/** One message of a stream of events. */
export interface Message {
  readonly event: string;
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came
  readonly data: any;
}

/** Reads server-sent events one by one. */
export interface Listening extends AsyncDisposable {
  next(): Promise<Message>;

  /** The next message of this kind; others before it are dropped. */
  nextOf(event: string): Promise<Message>;
}

/** Listens to an answer that is a stream of events. */
export function listen(answer: Response): Listening {
  const reader = (answer.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const next = async (): Promise<Message> => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end !== -1) {
        const block = rest.slice(0, end);
        rest = rest.slice(end + 2);
        return messageOf(block);
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream ended');
      rest += value;
    }
  };
  return {
    next,
    async nextOf(event) {
      for (;;) {
        const message = await next();
        if (message.event === event) return message;
      }
    },
    [Symbol.asyncDispose]: () => reader.cancel(),
  };
}

function messageOf(block: string): Message {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
  return {
    event: fields.get('event') ?? '',
    id: fields.get('id') ?? '',
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
