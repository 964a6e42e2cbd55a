// SPDX-License-Identifier: Apache-2.0
// The page of aliases: an administrator's; what is proposed, settled by button and by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, open, overflow, page, picture, until } from './stage.ts';

interface Alias {
  id: string;
  text: string;
  state: string;
  proposers: string[];
  version: number;
}
interface AliasPage {
  items: Alias[];
  counts: Record<string, number>;
}

test('the navigation leads an administrator to the aliases', async () => {
  await open('/search');
  await page.getByRole('navigation').getByRole('link', { name: '别名' }).click();
  await page.getByRole('heading', { name: '别名' }).waitFor();
  const all = await api<AliasPage>('GET', '/aliases?state=proposed');
  await until('the count is shown', async () =>
    (await page.getByRole('button', { name: /^待批准/ }).innerText()).includes(String(all.counts.proposed)),
  );
  await picture('aliases');
  assert.equal(await overflow(), 0);
});

test('what one proposed oneself can be refused and not approved', async () => {
  const { items } = await api<AliasPage>('GET', '/aliases?state=proposed');
  if (items.length === 0) {
    await page.getByText('这里没有别名').waitFor();
    return;
  }
  const [first] = items;
  const row = page.getByTestId('aliases').getByRole('row').first();
  await row.getByText(first!.text).first().waitFor();
  assert.equal(await row.getByRole('button', { name: `批准 ${first!.text}` }).count(), 0);
  await row.getByText('须由他人批准').waitFor();
  await page.keyboard.press('x');
  await until('it is refused', async () =>
    (await api<AliasPage>('GET', '/aliases?state=refused')).items.some((alias) => alias.id === first!.id),
  );
  await page.getByRole('button', { name: /^已拒绝/ }).click();
  await page.getByTestId('aliases').getByText(first!.text).first().waitFor();
});
