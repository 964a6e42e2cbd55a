// SPDX-License-Identifier: Apache-2.0
// The map.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapIsDrawn, open, overflow, page, picture, until } from './stage.ts';
import { townAddresses, type TownAddress } from './town.ts';

let tiles = 0;

/** Opens the map around an address, close enough to hit it. */
async function lookAt(address: TownAddress, zoom: number): Promise<void> {
  await open(`/map?at=${address.lon.toFixed(6)},${address.lat.toFixed(6)},${zoom}`);
  await page.reload();
  await mapIsDrawn();
}

test('the whole register is drawn from its own tiles', async () => {
  page.on('response', (response) => {
    if (response.url().includes('/map/tiles/') && response.status() === 200) tiles += 1;
  });
  await open('/map');
  await page.reload();
  await mapIsDrawn();
  await until('tiles have come', async () => tiles > 0);
  assert.equal(await overflow(), 0);
  await picture('map');
});

test('a click on a door plate shows its standard address', async () => {
  const town = await townAddresses();
  const address = town[Math.floor(town.length / 2)]!;
  await lookAt(address, 19);
  const box = (await page.locator('.canvas').boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator('.side .card .text').waitFor();
  const shown = await page.locator('.side .card .text').innerText();
  assert.ok(
    town.some((one) => shown.startsWith(one.address)),
    shown,
  );
  await mapIsDrawn();
  await picture('map-address');
});

test('the chosen address and the place outlive a reload', async () => {
  const before = await page.locator('.side .card .text').innerText();
  await until('the address stands in the address line', async () => /address=/.test(page.url()));
  await page.reload();
  await page
    .locator('.side .card .text')
    .filter({ hasText: before.split('复制')[0]!.trim() })
    .waitFor();
});

test('buildings stand up, and lie down again', async () => {
  const [address] = await townAddresses();
  await lookAt(address!, 17);
  await page.getByText('立体建筑').click();
  await page.waitForTimeout(600);
  await mapIsDrawn();
  await picture('map-3d');
  await page.getByText('立体建筑').click();
  assert.equal(await page.getByRole('checkbox').isChecked(), false);
});

test('an address that is typed is shown on the map', async () => {
  const [address] = await townAddresses();
  await page.getByRole('combobox').fill(address!.address);
  await page.getByRole('option').filter({ hasText: address!.address }).first().click();
  await page.locator('.side .card .text').waitFor();
});
