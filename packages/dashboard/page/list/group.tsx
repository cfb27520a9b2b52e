import type { JSX } from 'preact';
import type { Store } from '../data/store.ts';
import { KIND_NAMES, KINDS, plural } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { countKinds, type Group } from './groups.ts';
import { RowButton } from './row-button.tsx';

interface Props {
  readonly store: Store;
  readonly group: Group;
  readonly selected: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A collapsible service with its instances; a service with a single instance is shown as one row. */
export function GroupOfRows({ store, group, selected, isOpen, onToggle }: Props): JSX.Element {
  const { name, rows } = group;
  const [only] = rows;
  if (rows.length === 1 && only) return <Row store={store} row={only} name={only.id} selected={selected} />;
  const counts = countKinds(rows);
  return (
    <li class="group">
      <button type="button" class="group-name" aria-expanded={isOpen} onClick={onToggle}>
        <span class="name">{name}</span>
        <span class="kinds">
          {KINDS.filter((kind) => counts.has(kind)).map((kind) => (
            <span key={kind} data-kind={kind}>
              <Icon kind={kind} /> {counts.get(kind)}
              <span class="unseen"> {KIND_NAMES[kind].toLowerCase()}</span>
            </span>
          ))}
        </span>
        <span class="unseen">, {plural(rows.length, 'instance')}</span>
      </button>
      {isOpen && (
        <ul>
          {rows.map((row) => (
            <Row key={row.id} store={store} row={row} name={shortName(row.id, name)} selected={selected} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface RowProps extends Pick<Props, 'store' | 'selected'> {
  readonly row: Parameters<typeof RowButton.prototype.render>[0]['row'];
  readonly name: string;
}

function Row({ store, row, name, selected }: RowProps): JSX.Element {
  const seconds = store.seconds.get(row.id);
  const isMoving = seconds !== undefined || row.until !== null;
  return (
    <RowButton
      row={row}
      name={name}
      seconds={seconds}
      isSelected={row.id === selected}
      second={isMoving ? store.second : 0}
    />
  );
}

/** The name of an instance without that of its service. */
function shortName(id: string, group: string): string {
  const at = id.indexOf(group);
  return at === -1 ? id : id.slice(at + group.length).replace(/^[/:]/, '') || id;
}
