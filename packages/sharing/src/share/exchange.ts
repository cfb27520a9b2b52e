import { type Breaker, join, type Millis, type Mode, type Registry } from '@switchgear/core';
import { Line } from '../bus/line.ts';
import { noScheduler } from '../ports/scheduler.ts';
import { decode } from '../report/decode.ts';
import type { Report } from '../report/report.ts';
import { type Signature, signature } from '../trust/signature.ts';
import { Composer } from './composer.ts';
import type { SharingReport } from './events.ts';
import { Group } from './group.ts';
import type { ResolvedShare } from './options.ts';
import { Pace } from './pace.ts';
import { GONE } from './peers.ts';
import { reportOf } from './reported.ts';
import type { Sharing } from './sharing.ts';

/** How long `ready` waits for others. */
const READY: Millis = 500;
const MAX_BYTES = 16_000;

/** Sends and receives the reports of a group over its bus. */
export class Exchange implements Sharing {
  readonly ready: Promise<void>;
  readonly #options: ResolvedShare;
  readonly #group: Group;
  readonly #composer: Composer;
  readonly #pace: Pace;
  readonly #line: Line;
  readonly #signature: Signature | undefined;
  readonly #counts = { sent: 0, received: 0, dropped: 0 };
  readonly #leaves: (() => void)[] = [];
  #isReady = (): void => {};
  #flag: Report['flag'] = 'hello';
  #isClosed = false;

  constructor(options: ResolvedShare) {
    const { bus, secret } = options;
    this.#options = options;
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#composer = new Composer(options, bus.maxBytes ?? MAX_BYTES);
    this.#pace = new Pace(options, () => this.#exchange());
    this.#group = new Group(options, this.#composer.life, () => this.#isClosed || this.#pace.hurry(this.instances));
    this.#signature = secret === undefined ? undefined : signature(secret);
    const failed = (error: unknown) => this.#group.announce({ type: 'fault', error });
    this.#line = new Line(bus, (text, age) => this.#receive(text, age), failed, options);
  }

  get instances(): number {
    return this.#group.instances;
  }

  get alone(): boolean {
    return this.instances === 1;
  }

  isItUs(breaker: Breaker): boolean {
    return this.#group.of(breaker)?.isItUs ?? false;
  }

  setMode(breaker: Breaker, mode: Mode): void {
    this.#group.command(breaker, mode);
  }

  start(all: Iterable<Breaker | Registry>): void {
    for (const each of all) this.#leaves.push(join(each, (breaker, seat) => this.#group.enter(breaker, seat)));
    const { scheduler } = this.#options;
    if (scheduler === noScheduler) this.#isReady();
    else {
      scheduler.after(READY, this.#isReady);
      void this.#exchange();
    }
  }

  sync(): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    const exchange = this.#pace.isDue ? this.#exchange() : undefined;
    const turn = this.#group.attendance?.sync();
    return exchange && turn ? Promise.all([exchange, turn]).then(() => {}) : (exchange ?? turn);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#pace.stop();
    this.#isReady();
    const parting = this.#group.attendance?.stop();
    for (const leave of this.#leaves) leave();
    const last = this.#compose('bye', []);
    await parting;
    await this.#line.close((await this.#signature?.sign(last)) ?? last);
  }

  report(): SharingReport {
    return reportOf(this.#group, this.#composer.life, this.#counts);
  }

  #exchange(): Promise<void> | undefined {
    this.#group.forget(this.#pace.run());
    const circuits = this.#group.refreshed();
    this.#pace.next(circuits.length > 0, this.instances);
    const text = this.#compose(this.#flag, circuits);
    this.#flag = 'none';
    this.#counts.sent++;
    if (!this.#signature) return this.#line.send(text);
    return this.#signature.sign(text).then((signed) => this.#line.send(signed));
  }

  #compose(flag: Report['flag'], circuits: ReturnType<Group['refreshed']>): string {
    return this.#composer.compose(circuits, this.#pace.every, flag, this.#group.now());
  }

  #receive(text: string, age?: Millis): void {
    if (!this.#signature) this.#hear(text, age);
    else {
      const drop = () => this.#hear('');
      this.#signature.verified(String(text)).then((report) => this.#hear(report ?? '', age), drop);
    }
  }

  #hear(text: string, age: Millis = 0): void {
    if (this.#isClosed) return;
    const report = decode(text, this.#composer.maxBytes);
    if (!report) this.#counts.dropped++;
    else if (report.group === this.#options.group && report.life !== this.#composer.life && age < GONE) {
      if (report.flag === 'bye') this.#group.forget(report.life);
      else if (this.#group.hear(report, age, this.#pace.run())) {
        this.#counts.received++;
        this.#isReady();
      } else this.#counts.dropped++;
    }
  }
}
