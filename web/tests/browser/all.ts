// SPDX-License-Identifier: Apache-2.0
// The browser tests in their order: one browser, one account, as a clerk goes through a day.
import './sign_in.ts';
import './search.ts';
import './cleaning.ts';
import './settle.ts';
import './aliases.ts';
import './map.ts';
import './everywhere.ts';
