/** How to start a server. */
export interface Start {
  readonly settings: Readonly<Record<string, string | number>>;
  readonly hba: readonly string[];
  readonly binaries?: string | undefined;
  /** The port of the server that it is a standby of. */
  readonly standbyOf?: number | undefined;
}

/** What the parent asks of the keeper. */
export interface Request {
  readonly id: number;
  readonly order: 'start' | 'kill' | 'shutDown' | 'restart' | 'pause' | 'resume' | 'stop';
  readonly start?: Start | undefined;
}

/** What the keeper says when it has done so, or why it could not. */
export interface Answer {
  readonly id: number;
  readonly port: number;
  readonly pid: number;
  readonly error?: string;
}
