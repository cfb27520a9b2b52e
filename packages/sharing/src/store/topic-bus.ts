import type { Bus, Connection } from '../ports/bus.ts';
import { storeFault } from './fault.ts';

/** What a driver has of its store: a place where whatever is published comes to all who listen, publishers too. */
export interface Topic {
  publish(report: string): PromiseLike<unknown>;
  leave(): unknown;
}

/** What listens to a topic. */
export interface Listener {
  hear(report: string): void;

  /** The store said by itself that something is wrong. */
  fail(error: unknown): void;

  /** Nothing will be heard any more: the topic has to be joined again. */
  lost(error: unknown): void;
}

/** Reports published before a listener that has heard none of them, nor any others, is taken for deaf. */
const DEAF_AFTER = 8;

/**
 * A bus over a topic of a store. A topic that was lost is joined again with the next report; so is one where nothing comes
 * back, because a connection that only listens does not notice when a network has forgotten it.
 *
 * @param driver the function that a user has called
 * @param join begins to listen
 */
export function topicBus(
  driver: string,
  join: (listener: Listener) => Promise<Topic>,
  limits: Pick<Bus, 'maxBytes'> = {},
): Bus {
  return {
    ...limits,
    async open(hear, fail = () => {}) {
      const connection = new TopicConnection(driver, join, hear, fail);
      await connection.join();
      return connection;
    },
  };
}

class TopicConnection implements Connection {
  readonly #driver: string;
  readonly #join: (listener: Listener) => Promise<Topic>;
  readonly #hear: (report: string) => void;
  readonly #fail: (error: unknown) => void;
  #topic: Topic | undefined;
  #unheard = 0;
  #isClosed = false;

  constructor(
    driver: string,
    join: (listener: Listener) => Promise<Topic>,
    hear: Listener['hear'],
    fail: Listener['fail'],
  ) {
    this.#driver = driver;
    this.#join = join;
    this.#hear = hear;
    this.#fail = fail;
  }

  /** Begins to listen. Of two topics that were joined at the same time, because the first took so long, one is left again. */
  async join(): Promise<Topic> {
    let topic: Topic | undefined;
    let isLost = false;
    const listener: Listener = {
      hear: (report) => {
        this.#unheard = 0;
        if (!this.#isClosed) this.#hear(report);
      },
      fail: (error) => {
        if (!this.#isClosed) this.#fail(storeFault(this.#driver, 'keep its connection', error));
      },
      lost: (error) => {
        isLost = true;
        // Said of a topic that was left already, it is no news.
        if (topic && this.#topic !== topic) return;
        this.#leave();
        listener.fail(error);
      },
    };
    try {
      topic = await this.#join(listener);
    } catch (error) {
      throw storeFault(this.#driver, 'listen', error);
    }
    if (this.#topic || this.#isClosed || isLost) topic.leave();
    else this.#topic = topic;
    return this.#topic ?? topic;
  }

  async send(report: string): Promise<void> {
    const topic = this.#topic ?? (await this.join());
    this.#unheard++;
    try {
      await topic.publish(report);
    } catch (error) {
      throw storeFault(this.#driver, 'publish', error);
    }
    if (this.#unheard <= DEAF_AFTER || topic !== this.#topic) return;
    this.#leave();
    throw storeFault(this.#driver, 'hear what it publishes', new Error('it listens again'));
  }

  close(): void {
    this.#isClosed = true;
    this.#leave();
  }

  #leave(): void {
    const topic = this.#topic;
    this.#topic = undefined;
    this.#unheard = 0;
    topic?.leave();
  }
}
