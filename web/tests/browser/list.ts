// SPDX-License-Identifier: Apache-2.0
// A department's list, made from the town's own addresses: most of them tidy, some untidy, some without any hope.
import type { TownAddress } from './town.ts';

export const fileName = '港口镇商铺摸底.csv';
export const columns = ['序号', '店名', '经营地址', '联系电话'];

const hopeless = ['地址不详', '同上', '老地方隔壁', '见附件'];

/** One untidy writing of an address, another kind for every number. */
function untidy(address: string, kind: number): string {
  const short = address.replace(/^.*?[省]/, '');
  const local = short.replace(/^.*?[市]/, '');
  switch (kind % 8) {
    case 0:
      return address;
    case 1:
      return short;
    case 2:
      return local;
    case 3:
      return `${short}（一楼商铺）`;
    case 4:
      return local.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    case 5:
      return `${local.replace(/(\d+)号/, '98765号')}`;
    case 6:
      return local.replace(/^.*?[镇]/, '').replace(/\d+号.*$/, '');
    default:
      return hopeless[(kind >> 3) % hopeless.length]!;
  }
}

/** The list as CSV with `count` rows. */
export function makeList(town: TownAddress[], count: number): string {
  const lines = [columns.join(',')];
  for (let i = 0; i < count; i++) {
    const address = untidy(town[(i * 7) % town.length]!.address, i);
    lines.push([i + 1, `第${i + 1}商铺`, `"${address}"`, `138000${String(i % 1000).padStart(5, '0')}`].join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}
