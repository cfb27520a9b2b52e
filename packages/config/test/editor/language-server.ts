import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A complaint of the server, by the line it is about. */
export interface Diagnostic {
  readonly line: number;
  readonly message: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** The YAML language server that editors run, spoken to by its own protocol over its standard streams. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #published = new Map<string, (diagnostics: Diagnostic[]) => void>();
  #buffer = Buffer.alloc(0);
  #id = 0;

  constructor() {
    const folder = dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));
    this.#process = spawn(process.execPath, [join(folder, 'bin', 'yaml-language-server'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#process.stdout?.on('data', (data: Buffer) => this.#receive(data));
  }

  async start(): Promise<void> {
    await this.#request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { completion: { completionItem: {} } } },
    });
    this.#send({ method: 'initialized', params: {} });
    const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
    this.#send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });
  }

  /** Opens a text, and returns what the server complains about. */
  open(uri: string, text: string): Promise<Diagnostic[]> {
    const published = new Promise<Diagnostic[]>((resolve) => this.#published.set(uri, resolve));
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
    });
    return published;
  }

  /** The names that the server offers at a place, counted from 0. */
  async complete(uri: string, line: number, character: number): Promise<string[]> {
    const result = (await this.#request('textDocument/completion', {
      textDocument: { uri },
      position: { line, character },
    })) as { items: { label: string }[] };
    return result.items.map(({ label }) => label);
  }

  /** What the server says about the word at a place, counted from 0. */
  async hover(uri: string, line: number, character: number): Promise<string> {
    const result = await this.#request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
    return JSON.stringify((result as { contents?: unknown } | null)?.contents ?? '');
  }

  stop(): void {
    this.#process.kill();
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#id;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, Math.max(end, 0)).toString())?.[1]);
      if (end < 0 || this.#buffer.length < end + 4 + length) return;
      this.#handle(JSON.parse(this.#buffer.subarray(end + 4, end + 4 + length).toString()) as Message);
      this.#buffer = this.#buffer.subarray(end + 4 + length);
    }
  }

  #handle({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as {
        uri: string;
        diagnostics: { message: string; range: { start: { line: number } } }[];
      };
      this.#published.get(uri)?.(diagnostics.map(({ message, range }) => ({ message, line: range.start.line })));
    } else if (method !== undefined && id !== undefined) {
      // The server asks for settings of its own: the defaults will do.
      const items = (params as { items?: unknown[] } | undefined)?.items ?? [];
      this.#send({ id, result: items.map(() => null) });
    } else if (id !== undefined) this.#answers.get(id)?.(result);
  }
}
