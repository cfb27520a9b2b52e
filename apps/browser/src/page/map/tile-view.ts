import type { Sight } from '../tiles/picture.ts';
import { age } from './age.ts';

/** A tile on the page: its picture, and on an old copy how old it is. */
export class TileView {
  readonly element: HTMLElement = document.createElement('div');
  readonly #badge = document.createElement('span');
  #sight: Sight | undefined;

  constructor() {
    this.element.className = 'tile';
    this.element.dataset['shows'] = 'waiting';
    this.#badge.className = 'tile-badge';
    this.element.append(this.#badge);
  }

  get sight(): Sight | undefined {
    return this.#sight;
  }

  /** Shows this instead. Resolves once it is to be seen. */
  async show(sight: Sight): Promise<void> {
    const before = this.#sight;
    this.#sight = sight;
    if (sight.kind !== 'nothing' && !(before && 'image' in before && before.takenAt === sight.takenAt)) {
      const picture = await decoded(sight.image);
      this.element.querySelector('img')?.remove();
      this.element.prepend(picture);
    }
    this.element.dataset['shows'] = sight.kind;
    this.tellAge();
  }

  /** Says how old the copy is by now. */
  tellAge(): void {
    const sight = this.#sight;
    if (sight?.kind === 'old') this.#badge.textContent = `${age(Date.now() - sight.takenAt)} old`;
    else this.#badge.textContent = sight?.kind === 'nothing' ? 'never seen' : '';
  }
}

async function decoded(image: Blob): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.alt = '';
  const url = URL.createObjectURL(image);
  picture.src = url;
  // A picture that cannot be decoded is shown as the browser shows such.
  await picture.decode().catch(() => undefined);
  URL.revokeObjectURL(url);
  return picture;
}
