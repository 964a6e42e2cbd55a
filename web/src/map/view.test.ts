// SPDX-License-Identifier: Apache-2.0
// The part of the map that stands in an address.
import { expect, test } from 'vitest';
import { parseView, viewText } from './view.ts';

test('a view that was written is read again', () => {
  expect(parseView(viewText({ lon: 113.38123, lat: 22.57456, zoom: 16.94 }))).toEqual({
    lon: 113.38123,
    lat: 22.57456,
    zoom: 16.9,
  });
});

test.each([undefined, '', '113.38,22.57', '113.38,,15', '181,22,15', '113,86,15', '113,22,23', 'a,b,c', '1,2,3,4'])(
  '%j is no view',
  (text) => expect(parseView(text)).toBeNull(),
);
