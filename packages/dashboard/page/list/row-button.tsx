import { Component, type JSX } from 'preact';
import type { Row, Second } from '../../src/wire/messages.ts';
import { select } from '../data/use.ts';
import { doing, KIND_NAMES, kindOf, percent } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Sparkline } from '../parts/sparkline.tsx';

interface Props {
  readonly row: Row;
  readonly name: string;
  readonly seconds: readonly Second[] | undefined;
  readonly isSelected: boolean;

  /** The server's time in whole seconds, for rows that depend on it; otherwise 0. */
  readonly second: number;
}

/**
 * One breaker in the list. There may be hundreds, so it renders only when it has changed; out of sight only when the text for screen
 * readers has changed.
 */
export class RowButton extends Component<Props> {
  #isInSight = true;
  #element: HTMLElement | null = null;
  #end: (() => void) | undefined;

  override componentDidMount(): void {
    if (!this.#element) return;
    this.#end = watchSight(this.#element, (isInSight) => {
      const isBack = isInSight && !this.#isInSight;
      this.#isInSight = isInSight;
      if (isBack) this.forceUpdate();
    });
  }

  override componentWillUnmount(): void {
    this.#end?.();
  }

  override shouldComponentUpdate(next: Props): boolean {
    const { row, seconds, isSelected, second, name } = this.props;
    if (kindOf(next.row) !== kindOf(row) || next.isSelected !== isSelected || next.name !== name) return true;
    return this.#isInSight && (next.row !== row || next.seconds !== seconds || next.second !== second);
  }

  override render({ row, name, seconds, isSelected, second }: Props): JSX.Element {
    const kind = kindOf(row);
    const now = second * 1_000;
    return (
      <li
        ref={(element) => {
          this.#element = element;
        }}
      >
        <button
          type="button"
          class="row"
          data-kind={kind}
          data-breaker={row.id}
          aria-current={isSelected ? 'true' : undefined}
          onClick={() => select(row.id)}
        >
          <Icon kind={kind} />
          <span class="name">{name}</span>
          <span class="doing">
            <b>{KIND_NAMES[kind]}</b> {doing(row, now)}
          </span>
          {seconds ? <Sparkline seconds={seconds} now={now} /> : <span class="sparkline" />}
          <span class="rate">{rate(row)}</span>
        </button>
      </li>
    );
  }
}

function rate({ failureRate, slowCallRate }: Row): string {
  if (failureRate === null && slowCallRate === null) return '';
  const [failed, slow] = [failureRate ?? 0, slowCallRate ?? 0];
  return slow > failed ? `${percent(slow)} slow` : `${percent(failed)} failed`;
}

const told = new WeakMap<Element, (isInSight: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Reports whether an element is in sight or close to it, now and on each change. One observer serves all elements. */
export function watchSight(element: Element, tell: (isInSight: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
    },
    { rootMargin: '150px' },
  );
  const watching = observer;
  told.set(element, tell);
  watching.observe(element);
  return () => watching.unobserve(element);
}
