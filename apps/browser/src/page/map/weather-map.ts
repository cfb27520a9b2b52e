import { CRS, control, type GridLayer, Map as LeafletMap } from 'leaflet';

/** Puts a map on the page that can be dragged and zoomed, by hand and by keyboard, over a world without end. */
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
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution('no real place');
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', 'Weather map. Arrow keys move it, plus and minus zoom.');
  return map;
}
