import { CRS, control, type GridLayer, Map as LeafletMap } from 'leaflet';
import { html, type TemplateResult } from 'lit-html';
import { age } from '../parts/format.ts';
import type { Sight } from '../tiles/picture.ts';

/** Creates an endless map that can be panned and zoomed by mouse, touch and keyboard. */
export function createWeatherMap(element: HTMLElement, tiles: GridLayer): LeafletMap {
  const map = new LeafletMap(element, {
    crs: CRS.Simple,
    center: [3, 12],
    zoom: 4,
    minZoom: 1,
    maxZoom: 8,
    zoomControl: false,
    layers: [tiles],
  });
  control.zoom({ position: 'bottomright' }).addTo(map);
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution('fictional map');
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', 'Weather map. Arrow keys move it, plus and minus zoom.');
  return map;
}

/** How many tiles are fresh, old or missing; also read by screen readers. */
export function summary(sights: readonly (Sight | undefined)[], now: number): TemplateResult {
  const count = (kind: Sight['kind']) => sights.filter((sight) => sight?.kind === kind).length;
  const ages = sights.flatMap((sight) => (sight?.kind === 'old' ? now - sight.takenAt : []));
  const oldest = ages.length > 0 ? `, the oldest ${age(Math.max(...ages))} old` : '';
  return html`
    <ul class="legend">
      <li data-shows="fresh">Fresh from the server: <b>${count('fresh')}</b></li>
      <li data-shows="old">Old copies: <b>${count('old')}</b>${oldest}</li>
      <li data-shows="nothing">No copy: <b>${count('nothing')}</b></li>
    </ul>
  `;
}
