import { age } from '../parts/format.ts';
import type { Sight } from '../tiles/picture.ts';

/** A tile on the page: its picture, and the age of an old copy. */
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

  /** Shows a new picture. Resolves once it is visible. */
  async show(sight: Sight): Promise<void> {
    const before = this.#sight;
    this.#sight = sight;
    if (sight.kind !== 'nothing' && !(before && 'image' in before && before.takenAt === sight.takenAt)) {
      const picture = await decoded(sight.image);
      this.element.querySelector('img')?.remove();
      this.element.prepend(picture);
    }
    this.element.dataset['shows'] = sight.kind;
    this.showAge();
  }

  /** Updates the age of an old copy. */
  showAge(): void {
    const sight = this.#sight;
    if (sight?.kind === 'old') this.#badge.textContent = `${age(Date.now() - sight.takenAt)} old`;
    else this.#badge.textContent = sight?.kind === 'nothing' ? 'no copy' : '';
  }
}

async function decoded(image: Blob): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.alt = '';
  const url = URL.createObjectURL(image);
  picture.src = url;
  // The browser shows its own placeholder for a picture that cannot be decoded.
  await picture.decode().catch(() => undefined);
  URL.revokeObjectURL(url);
  return picture;
}
