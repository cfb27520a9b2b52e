import { Component, type JSX } from 'preact';
import type { Row, Second } from '../../src/wire/row.ts';
import { select } from '../data/use.ts';
import { Icon } from '../parts/icon.tsx';
import { KIND_NAMES, kindOf } from '../parts/kind.ts';
import { Sparkline } from '../parts/sparkline.tsx';
import { doing, percent } from '../parts/words.ts';

interface Props {
  readonly row: Row;
  readonly name: string;
  readonly seconds: readonly Second[] | undefined;
  readonly isSelected: boolean;

  /** The server's time, in whole seconds for those rows that change with it, else 0. */
  readonly second: number;
}

/** One breaker in the list. Drawn again only when it has changed, for there may be hundreds. */
export class RowButton extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { row, seconds, isSelected, second, name } = this.props;
    return (
      next.row !== row ||
      next.seconds !== seconds ||
      next.isSelected !== isSelected ||
      next.second !== second ||
      next.name !== name
    );
  }

  override render({ row, name, seconds, isSelected, second }: Props): JSX.Element {
    const kind = kindOf(row);
    const now = second * 1_000;
    return (
      <li>
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
  if (failureRate === null && slowCallRate === null) return '–';
  const [failed, slow] = [failureRate ?? 0, slowCallRate ?? 0];
  return slow > failed ? `${percent(slow)} slow` : `${percent(failed)} failed`;
}
