// SPDX-License-Identifier: Apache-2.0
// How the map looks: the four layers of the register's own tiles, and nothing from anywhere else. Names are drawn with
// the fonts of the device, so the style names no glyph server.
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, FilterSpecification, StyleSpecification } from 'maplibre-gl';
import { apiRoot } from '@/api/client.ts';

export const sourceName = 'register';
export const markSource = 'marks';

const palette = {
  ground: '#f4f2ee',
  roadCase: '#d8d3c9',
  road: '#ffffff',
  roadMain: '#fbe7b8',
  roadMainCase: '#ddc384',
  building: '#e0dbd2',
  buildingLine: '#c3bbae',
  chosen: '#1b4b82',
  chosenFill: '#9fbbdb',
  plate: '#1b4b82',
  text: '#4a5058',
  placeText: '#2d3a48',
  halo: '#fdfcfa',
};

const font = ['Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'sans-serif'];
const roadClass: ExpressionSpecification = ['coalesce', ['get', 'class'], ''];
const isLane: ExpressionSpecification = ['==', roadClass, 'lane'];
/** How wide a road is on the ground, in metres; a usual width where the register does not say. */
const width: ExpressionSpecification = ['to-number', ['coalesce', ['get', 'width_m'], ['case', isLane, 6, 18]]];
const isMain: ExpressionSpecification = ['all', ['!', isLane], ['>=', width, 30]];
/** What is drawn later lies above: lanes, streets, main roads. */
const roadOrder: ExpressionSpecification = ['case', isMain, 2, isLane, 0, 1];

/** Road width in pixels: by class on small scales; from zoom 15 on true to the ground, at the latitude of 25 degrees,
    but for a quarter of it, which is pavement. `more` is added on both sides together, for the casing. */
function roadWidth(more: number): ExpressionSpecification {
  const byClass = (main: number, street: number, lane: number): ExpressionSpecification => [
    'case',
    isMain,
    main + more,
    isLane,
    lane + more,
    street + more,
  ];
  const trueWidth = (pixelsPerMetre: number): ExpressionSpecification => [
    '+',
    more,
    ['max', 1.5, ['*', 0.75 * pixelsPerMetre, width]],
  ];
  return [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    10,
    byClass(1.2, 0.6, 0.2),
    13,
    byClass(3.5, 2, 0.8),
    15,
    trueWidth(0.46),
    20,
    trueWidth(14.8),
  ];
}

/** Points that a page puts on the map: `kind` main or candidate, `label` a short text. */
export interface MapMark {
  lon: number;
  lat: number;
  kind: 'main' | 'candidate';
  label?: string;
}

export function marksAsGeojson(marks: MapMark[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: marks.map((mark) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [mark.lon, mark.lat] },
      properties: { kind: mark.kind, label: mark.label ?? '' },
    })),
  };
}

/** The address that a feature stands for: its own id, or that of a building's main address. */
export const addressProperties = ['address_id', 'id'] as const;

/** Matches what stands for the address `id`; nothing for an empty id. */
export function chosenFilter(id: string): FilterSpecification {
  const wanted = id === '' ? '\u0000' : id;
  return ['any', ...addressProperties.map((name) => ['==', ['get', name], wanted])] as FilterSpecification;
}

export const clickableLayers = ['address-label', 'address-point', 'building', 'building-3d'];

export function mapStyle(origin: string): StyleSpecification {
  const height: ExpressionSpecification = [
    'coalesce',
    ['get', 'height_m'],
    ['*', 3, ['coalesce', ['get', 'floors'], 1]],
  ];
  return {
    version: 8,
    sources: {
      [sourceName]: {
        type: 'vector',
        tiles: [`${origin}${apiRoot}/map/tiles/{z}/{x}/{y}.mvt`],
        minzoom: 0,
        // Beyond it the tiles of zoom 16 are drawn larger; a step of their grid is 15 centimetres.
        maxzoom: 16,
      },
      [markSource]: { type: 'geojson', data: marksAsGeojson([]) },
    },
    light: { anchor: 'viewport', color: '#ffffff', intensity: 0.25 },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
      {
        id: 'road-case',
        type: 'line',
        source: sourceName,
        'source-layer': 'road',
        minzoom: 12,
        layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': roadOrder },
        paint: {
          'line-color': ['case', isMain, palette.roadMainCase, palette.roadCase],
          'line-width': roadWidth(2),
        },
      },
      {
        id: 'road',
        type: 'line',
        source: sourceName,
        'source-layer': 'road',
        layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': roadOrder },
        paint: {
          'line-color': ['step', ['zoom'], palette.roadCase, 12, ['case', isMain, palette.roadMain, palette.road]],
          'line-width': roadWidth(0),
        },
      },
      {
        id: 'building',
        type: 'fill',
        source: sourceName,
        'source-layer': 'building',
        minzoom: 13,
        paint: {
          'fill-color': palette.building,
          'fill-outline-color': palette.buildingLine,
          'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.5, 15, 1],
        },
      },
      {
        id: 'building-chosen',
        type: 'fill',
        source: sourceName,
        'source-layer': 'building',
        minzoom: 13,
        filter: chosenFilter(''),
        paint: { 'fill-color': palette.chosenFill, 'fill-outline-color': palette.chosen },
      },
      {
        id: 'building-3d',
        type: 'fill-extrusion',
        source: sourceName,
        'source-layer': 'building',
        minzoom: 14,
        layout: { visibility: 'none' },
        paint: {
          'fill-extrusion-color': palette.building,
          'fill-extrusion-height': height,
          'fill-extrusion-opacity': 0.9,
        },
      },
      {
        id: 'building-3d-chosen',
        type: 'fill-extrusion',
        source: sourceName,
        'source-layer': 'building',
        minzoom: 14,
        filter: chosenFilter(''),
        layout: { visibility: 'none' },
        paint: { 'fill-extrusion-color': palette.chosenFill, 'fill-extrusion-height': height },
      },
      {
        id: 'address-point',
        type: 'circle',
        source: sourceName,
        'source-layer': 'address',
        minzoom: 15.5,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 15.5, 1.5, 18, 3.5],
          'circle-color': palette.plate,
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 15.5, 0.4, 18, 1],
        },
      },
      {
        id: 'road-label',
        type: 'symbol',
        source: sourceName,
        'source-layer': 'road',
        minzoom: 13.5,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 320,
          'text-field': ['coalesce', ['get', 'name'], ''],
          'text-font': font,
          'text-size': ['interpolate', ['linear'], ['zoom'], 13.5, 11, 18, 14],
          'text-letter-spacing': 0.08,
          'symbol-sort-key': ['case', isMain, 0, isLane, 2, 1],
        },
        paint: { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
      },
      {
        id: 'address-label',
        type: 'symbol',
        source: sourceName,
        'source-layer': 'address',
        minzoom: 16.6,
        layout: {
          'text-field': ['coalesce', ['get', 'text'], ''],
          'text-font': font,
          'text-size': ['interpolate', ['linear'], ['zoom'], 16.6, 10, 19, 13],
          'text-anchor': 'bottom',
          'text-offset': [0, -0.4],
          'text-padding': 3,
        },
        paint: { 'text-color': palette.plate, 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
      },
      {
        id: 'building-label',
        type: 'symbol',
        source: sourceName,
        'source-layer': 'building',
        minzoom: 16.2,
        // A building that is called by its number has that written at its door plate already.
        filter: ['!=', ['slice', ['to-string', ['get', 'name']], -1], '号'],
        layout: {
          'text-field': ['coalesce', ['get', 'name'], ''],
          'text-font': font,
          'text-size': 11,
          'text-max-width': 7,
        },
        paint: { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
      },
      {
        id: 'place-label',
        type: 'symbol',
        source: sourceName,
        'source-layer': 'place',
        minzoom: 10,
        maxzoom: 18,
        layout: {
          'text-field': ['coalesce', ['get', 'name'], ''],
          'text-font': font,
          'text-size': ['interpolate', ['linear'], ['zoom'], 11, 11, 16, 15],
          'text-letter-spacing': 0.06,
          'text-max-width': 8,
        },
        paint: { 'text-color': palette.placeText, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 },
      },
      {
        id: 'mark',
        type: 'circle',
        source: markSource,
        layout: { 'circle-sort-key': ['case', ['==', ['get', 'kind'], 'main'], 1, 0] },
        paint: {
          'circle-radius': ['case', ['==', ['get', 'kind'], 'main'], 9, 8],
          'circle-color': ['case', ['==', ['get', 'kind'], 'main'], palette.chosen, '#ffffff'],
          'circle-stroke-color': ['case', ['==', ['get', 'kind'], 'main'], '#ffffff', '#b86a00'],
          'circle-stroke-width': 2.5,
        },
      },
      {
        id: 'mark-label',
        type: 'symbol',
        source: markSource,
        layout: {
          'text-field': ['get', 'label'],
          'text-font': font,
          'text-size': 11,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': ['case', ['==', ['get', 'kind'], 'main'], '#ffffff', '#8a4f00'] },
      },
    ],
  };
}
