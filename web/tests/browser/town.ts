// SPDX-License-Identifier: Apache-2.0
// Addresses of the register that the server serves, read from its own map tiles.
import assert from 'node:assert/strict';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { api, page } from './stage.ts';

export interface TownAddress {
  id: string;
  address: string;
  text: string;
  lon: number;
  lat: number;
}

interface Extent {
  west: number;
  south: number;
  east: number;
  north: number;
  empty: boolean;
}

const zoom = 16;
let known: TownAddress[] | undefined;

function tileAt(lon: number, lat: number): [x: number, y: number] {
  const n = 2 ** zoom;
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return [Math.floor(((lon + 180) / 360) * n), Math.floor(y * n)];
}

async function addressesOf(x: number, y: number): Promise<TownAddress[]> {
  const bytes = await page.evaluate(async (path) => {
    const response = await fetch(path);
    if (response.status === 204) return [];
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return [...new Uint8Array(await response.arrayBuffer())];
  }, `/api/v1/map/tiles/${zoom}/${x}/${y}.mvt`);
  const layer = new VectorTile(new PbfReader(Uint8Array.from(bytes))).layers.address;
  const out: TownAddress[] = [];
  for (let i = 0; layer && i < layer.length; i++) {
    const feature = layer.feature(i);
    const { id, address, text } = feature.properties;
    const { geometry } = feature.toGeoJSON(x, y, zoom);
    if (geometry.type !== 'Point') continue;
    const [lon, lat] = geometry.coordinates;
    out.push({ id: String(id), address: String(address), text: String(text), lon: lon!, lat: lat! });
  }
  return out;
}

/** Some hundred registered addresses around the middle of the register's extent. */
export async function townAddresses(): Promise<TownAddress[]> {
  if (known) return known;
  const extent = await api<Extent>('GET', '/map/extent');
  assert.equal(extent.empty, false, 'the register holds something to draw');
  const [middleX, middleY] = tileAt((extent.west + extent.east) / 2, (extent.south + extent.north) / 2);
  const found = new Map<string, TownAddress>();
  for (let ring = 0; ring <= 6 && found.size < 300; ring++) {
    for (let x = middleX - ring; x <= middleX + ring; x++) {
      for (let y = middleY - ring; y <= middleY + ring; y++) {
        if (Math.max(Math.abs(x - middleX), Math.abs(y - middleY)) !== ring) continue;
        for (const address of await addressesOf(x, y)) found.set(address.id, address);
      }
    }
  }
  known = [...found.values()];
  assert.ok(known.length >= 50, `the middle of the town has address points (found ${known.length})`);
  return known;
}
