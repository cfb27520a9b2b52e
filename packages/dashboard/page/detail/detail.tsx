import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Detail as Closely, Row } from '../../src/wire/messages.ts';
import { askForDetail } from '../data/ask.ts';
import type { Store } from '../data/store.ts';
import { select, useAnswer } from '../data/use.ts';
import { Timeline } from '../overview/timeline.tsx';
import { ago, doing, KIND_NAMES, kindOf } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { Charts } from './charts.tsx';
import { Controls } from './controls.tsx';
import { Refusals } from './refusals.tsx';
import { Tiles } from './tiles.tsx';
import { Together } from './together.tsx';

/** One breaker: its state and the reason, charts, events, and the operator's controls. */
export function Detail({ store, id }: { readonly store: Store; readonly id: string }): JSX.Element {
  const title = useRef<HTMLHeadingElement>(null);
  const row = store.rows.get(id);
  const moved = `${row?.state} ${row?.mode}`;
  const { answer: detail, trouble } = useAnswer(async () => (row ? askForDetail(id) : undefined), id, 2_000, moved);
  // Moving the focus announces the breaker to screen readers and scrolls to it on small screens.
  useEffect(() => title.current?.focus(), [id]);
  if (!row) return <Missing id={id} title={title} />;
  const kind = kindOf(row);
  const told = toldBy(detail);
  return (
    <article class="detail" aria-labelledby="detail-title">
      <section class="card circuit" data-kind={kind}>
        <button type="button" class="back" onClick={() => select(undefined)}>
          All breakers
        </button>
        <h2 id="detail-title" class="breaker" ref={title} tabIndex={-1}>
          {id}
        </h2>
        <p class="state">
          <Icon kind={kind} /> <strong>{KIND_NAMES[kind]}</strong>
          <span class="doing">{doing(row, store.second * 1_000)}</span>
        </p>
        <Why row={row} detail={detail} now={store.now} />
        {trouble && <p class="trouble">{trouble}</p>}
      </section>
      <Tiles row={row} detail={detail} now={store.now} outcomes={store.outcomes} />
      {store.sharing && <Together key={id} id={id} />}
      {store.controls && <Controls key={id} row={row} />}
      {detail && store.outcomes && <Charts key={id} detail={detail} />}
      <Timeline
        title="Earlier events"
        entries={(detail?.entries ?? []).filter(({ says }) => !told.includes(says))}
        empty="No earlier events."
      />
      <Refusals detail={detail} told={told} />
    </article>
  );
}

interface WhyProps {
  readonly row: Row;
  readonly detail: Closely | undefined;
  readonly now: number;
}

function Why({ row, detail, now }: WhyProps): JSX.Element | null {
  if (!detail) return null;
  if (!detail.why) {
    const isWell = kindOf(row) === 'closed';
    return <p class="why">{isWell ? 'No problems' : 'No state change'} since observation began.</p>;
  }
  const { says, at } = detail.why;
  const cause = detail.trouble?.says;
  return (
    <p class="why">
      {says} <span class="soft">{ago(now - at)}</span>
      {cause && cause !== says && <span class="before">First: {cause}</span>}
    </p>
  );
}

/** The sentences of the card at the top, which nothing below repeats. */
function toldBy(detail: Closely | undefined): readonly string[] {
  return [detail?.why?.says, detail?.trouble?.says].flatMap((says) => says || []);
}

function Missing({
  id,
  title,
}: {
  readonly id: string;
  readonly title: { current: HTMLHeadingElement | null };
}): JSX.Element {
  return (
    <section class="card">
      <h2 class="breaker" ref={title} tabIndex={-1}>
        {id}
      </h2>
      <p>There is no breaker with this name, or it has not been created yet.</p>
      <button type="button" class="back" onClick={() => select(undefined)}>
        All breakers
      </button>
    </section>
  );
}
