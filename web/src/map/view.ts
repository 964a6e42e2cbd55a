// SPDX-License-Identifier: Apache-2.0
// What part of the map is looked at, as it stands in the page's address: "113.38000,22.52000,15.2".

export interface MapView {
  lon: number;
  lat: number;
  zoom: number;
}

export function viewText(view: MapView): string {
  return `${view.lon.toFixed(5)},${view.lat.toFixed(5)},${view.zoom.toFixed(1)}`;
}

/** Nothing where the text is not a view or lies outside the world. */
export function parseView(text: unknown): MapView | null {
  if (typeof text !== 'string') return null;
  const [lon, lat, zoom, ...rest] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (lon === undefined || lat === undefined || zoom === undefined || rest.length > 0) return null;
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return inside ? { lon, lat, zoom } : null;
}
