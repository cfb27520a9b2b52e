import { type Coords, type DoneCallback, GridLayer, type TileEvent } from 'leaflet';
import type { Refresher, Subject } from '../tiles/refresher.ts';
import type { TileSource } from '../tiles/tile-source.ts';
import { TileView } from './tile-view.ts';

/** What belongs to a tile while it is on the map. */
interface Presence {
  readonly view: TileView;
  readonly subject: Subject;
  readonly gone: AbortController;
}

/** A layer of tiles that are requested repeatedly while they are on the map. */
export class RefreshingTiles extends GridLayer {
  readonly #server: string;
  readonly #source: TileSource;
  readonly #refresher: Refresher;
  readonly #present = new Map<HTMLElement, Presence>();

  constructor(server: string, source: TileSource, refresher: Refresher) {
    super({ tileSize: 256, keepBuffer: 1, minZoom: 1, maxZoom: 8, updateWhenZooming: false });
    this.#server = server;
    this.#source = source;
    this.#refresher = refresher;
    this.on('tileunload', ({ tile }: TileEvent) => this.#leave(tile));
  }

  /** The tiles that are on the map now. */
  get views(): readonly TileView[] {
    return [...this.#present.values()].map(({ view }) => view);
  }

  /** Called by Leaflet: creates the element of a tile, and calls `done` when it has content. */
  override createTile({ x, y, z }: Coords, done: DoneCallback): HTMLElement {
    const url = `${this.#server}/tiles/${z}/${x}/${y}.svg`;
    const view = new TileView();
    const gone = new AbortController();
    let shown: (() => void) | undefined = () => done(undefined, view.element);
    const refresh = async () => {
      const sight = await this.#source(url, gone.signal);
      if (gone.signal.aborted) return;
      await view.show(sight);
      shown?.();
      shown = undefined;
    };
    const subject = { refresh };
    this.#present.set(view.element, { view, subject, gone });
    this.#refresher.add(subject);
    return view.element;
  }

  #leave(element: HTMLElement): void {
    const presence = this.#present.get(element);
    if (!presence) return;
    this.#present.delete(element);
    this.#refresher.remove(presence.subject);
    presence.gone.abort();
  }
}
