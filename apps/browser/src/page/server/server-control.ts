import type { Mode, Report } from '../../tile-server/mode.ts';

/** The origin that serves the tiles, without a trailing slash. Set by the server of this page. */
export const TILE_SERVER: string = import.meta.env['VITE_TILE_SERVER'];

const OPERATOR_URL: string = import.meta.env['VITE_OPERATOR'];

/** Controls the tile server through its operator API, and keeps what it last reported. */
export class ServerControl {
  /** How the server behaves, as far as known. */
  mode: Mode | undefined;

  /** Requests that reached the server, as far as known. */
  reached: number | undefined;

  /** Why the operator API cannot be reached. */
  trouble: string | undefined;
  #changes = 0;

  readonly choose = (mode: Mode): void => {
    this.#changes += 1;
    this.mode = mode;
    void this.#update(request(`/mode/${mode}`, 'PUT'));
  };

  /** Asks the server for its current report. */
  refresh(): Promise<void> {
    return this.#update(request('/report', 'GET'));
  }

  async #update(answer: Promise<Report>): Promise<void> {
    const changes = this.#changes;
    try {
      const { mode, requests } = await answer;
      this.reached = requests;
      this.trouble = undefined;
      // A report requested before the latest change may still have the old mode.
      if (changes === this.#changes) this.mode = mode;
    } catch {
      this.trouble = navigator.onLine
        ? 'The tile server cannot be reached. Is it running?'
        : 'You are offline, so the tile server cannot be controlled.';
    }
  }
}

async function request(path: string, method: string): Promise<Report> {
  const answer = await fetch(OPERATOR_URL + path, { method, signal: AbortSignal.timeout(2_000) });
  if (!answer.ok) throw new Error(`The operator API of the tile server answered ${answer.status}`);
  return answer.json();
}
