import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Store } from '../data/store.ts';
import { count, KIND_NAMES, KINDS, type Kind, kindOf, plural } from '../parts/format.ts';
import { Icon } from '../parts/icon.tsx';
import { GroupOfRows } from './group.tsx';
import { countKinds, type Group, groupsOf } from './groups.ts';

/** With more breakers than this, services without trouble start collapsed. */
const FEW = 40;

interface Props {
  readonly store: Store;
  readonly selected: string | undefined;
}

/** The list of all breakers, with search and filters. */
export function List({ store, selected }: Props): JSX.Element {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<Kind>();
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { rows } = store;
  const counts = countKinds(rows.values());
  const groups = groupsOf(rows.values(), { text, kind });
  const found = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const isOpen = (group: Group): boolean =>
    folded.get(group.name) ??
    (rows.size <= FEW || text !== '' || kind !== undefined || group.rows.some((row) => kindOf(row) !== 'closed'));
  return (
    <nav class="list" aria-label="Breakers">
      <div class="filters">
        <label class="search">
          <span class="unseen">Search breakers</span>
          <input
            type="search"
            placeholder="Search"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <div class="kinds">
          {KINDS.filter((each) => counts.has(each) || each === kind).map((each) => (
            <button
              key={each}
              type="button"
              data-kind={each}
              aria-pressed={kind === each}
              onClick={() => setKind(kind === each ? undefined : each)}
            >
              <Icon kind={each} /> {KIND_NAMES[each]} <b>{count(counts.get(each) ?? 0)}</b>
            </button>
          ))}
        </div>
      </div>
      <p class="found" hidden={found === rows.size && rows.size > 0}>
        {rows.size === 0 ? 'No breakers yet.' : `${count(found)} of ${plural(rows.size, 'breaker')}`}
      </p>
      <ul class="rows">
        {groups.map((group) => (
          <GroupOfRows
            key={group.name}
            store={store}
            group={group}
            selected={selected}
            isOpen={isOpen(group)}
            onToggle={() => setFolded(new Map(folded).set(group.name, !isOpen(group)))}
          />
        ))}
      </ul>
    </nav>
  );
}
