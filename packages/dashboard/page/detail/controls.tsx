import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Order, sayOrder } from '../../src/wire/order.ts';
import type { Row } from '../../src/wire/row.ts';
import { send } from '../data/ask.ts';

const MODES: readonly Row['mode'][] = ['active', 'isolated', 'disabled', 'shadow'];

const MEANINGS: Readonly<Record<Row['mode'], string>> = {
  active: 'the circuit decides',
  isolated: 'refuse every call',
  disabled: 'let all through, count nothing',
  shadow: 'judge, refuse nothing',
};

/** The operator's hand. Each order is asked back once: it changes what callers get. */
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
    setOutcome(refusal ? { isBad: true, says: refusal } : { isBad: false, says: `Done: ${sayOrder(order)}.` });
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
      {/* biome-ignore lint/a11y/useSemanticElements: buttons, for a mode is asked back before it is set */}
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
          <b>{breaker}</b>: {order && sayOrder(order)}?
        </p>
        <p class="soft">{order?.order === 'mode' ? `${MEANINGS[order.mode]}.` : 'It changes what callers get now.'}</p>
        <div class="buttons">
          <button type="button" class="firm" onClick={confirm}>
            Yes, do it
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </dialog>
    </section>
  );
}
