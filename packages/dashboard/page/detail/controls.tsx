import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Row } from '../../src/wire/messages.ts';
import { describeOrder, type Order } from '../../src/wire/order.ts';
import { send } from '../data/ask.ts';

const MODES: readonly Row['mode'][] = ['active', 'isolated', 'disabled', 'shadow'];

const MEANINGS: Readonly<Record<Row['mode'], string>> = {
  active: 'The circuit decides',
  isolated: 'Every call is refused',
  disabled: 'Every call is let through and nothing is counted',
  shadow: 'Outcomes are evaluated, but no call is refused',
};

/** The operator's controls. Each order is confirmed first, because it changes what callers get. */
export function Controls({ row }: { readonly row: Row }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [order, setOrder] = useState<Order>();
  const [outcome, setOutcome] = useState<{ readonly isBad: boolean; readonly says: string }>();
  const breaker = row.id;
  const ask = (wanted: Order): void => {
    setOrder(wanted);
    setOutcome(undefined);
    dialog.current?.showModal();
  };
  const confirm = async (): Promise<void> => {
    dialog.current?.close();
    if (!order) return;
    const refusal = await send(order);
    setOutcome(refusal ? { isBad: true, says: refusal } : { isBad: false, says: `Done: ${describeOrder(order)}.` });
  };
  return (
    <section class="card controls" aria-labelledby="controls-title">
      <h3 id="controls-title">Operate</h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div class="buttons" role="group" aria-label="Circuit">
        <span class="soft">Circuit</span>
        <button type="button" onClick={() => ask({ breaker, order: 'trip' })}>
          Trip
        </button>
        <button type="button" onClick={() => ask({ breaker, order: 'half-open' })}>
          Half-open
        </button>
        <button type="button" onClick={() => ask({ breaker, order: 'reset' })}>
          Reset
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons, because a mode is confirmed before it is set */}
      <div class="buttons" role="group" aria-label="Mode">
        <span class="soft">Mode</span>
        {MODES.map((mode) => (
          <button
            key={mode}
            type="button"
            aria-pressed={row.mode === mode}
            title={MEANINGS[mode]}
            onClick={() => row.mode !== mode && ask({ breaker, order: 'mode', mode })}
          >
            {mode}
          </button>
        ))}
      </div>
      <p class={outcome?.isBad ? 'trouble' : 'soft'} role="status">
        {outcome?.says ?? ''}
      </p>
      <dialog ref={dialog} aria-labelledby="confirm-title">
        <p id="confirm-title">
          <b>{breaker}</b>: {order && describeOrder(order)}?
        </p>
        <p class="soft">
          {order?.order === 'mode' ? `${MEANINGS[order.mode]}.` : 'This takes effect for callers immediately.'}
        </p>
        <div class="buttons">
          <button type="button" class="firm" onClick={confirm}>
            Confirm
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </dialog>
    </section>
  );
}
