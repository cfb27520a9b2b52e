import type { JSX } from 'preact';
import type { Link, Store } from './data/store.ts';
import { useSelected, useStore } from './data/use.ts';
import { Detail } from './detail/detail.tsx';
import { List } from './list/list.tsx';
import { Saved } from './overview/saved.tsx';
import { Timeline } from './overview/timeline.tsx';
import { Together } from './overview/together.tsx';
import { Trees } from './overview/trees.tsx';
import { Announcer } from './parts/announcer.tsx';

const LINKS: Readonly<Record<Link, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost. Reconnecting …',
};

/** The whole page. */
export function App({ store }: { readonly store: Store }): JSX.Element {
  useStore(store);
  const selected = useSelected();
  return (
    <>
      <header>
        <h1>{store.title}</h1>
        <p class="link" role="status" data-link={store.link}>
          {store.trouble ? `${store.trouble} Reconnecting …` : LINKS[store.link]}
        </p>
      </header>
      <Announcer store={store} />
      <main data-view={selected === undefined ? 'all' : 'one'}>
        <List store={store} selected={selected} />
        {selected === undefined ? (
          <div class="overview">
            <Saved />
            {store.trees && <Trees />}
            {store.sharing && <Together />}
            <Timeline
              title="Events"
              entries={[...store.entries].reverse().slice(0, 100)}
              empty="No breaker has changed state since observation began."
            />
          </div>
        ) : (
          <Detail store={store} id={selected} />
        )}
      </main>
    </>
  );
}
