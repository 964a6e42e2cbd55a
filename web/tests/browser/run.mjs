// SPDX-License-Identifier: Apache-2.0
// Runs the browser tests against a running server. Environment: MENPAI_URL, MENPAI_USER, MENPAI_PASSWORD (may be a
// one-time password, which the tests change); MENPAI_SCREENSHOTS, a folder for pictures of the pages; MENPAI_JUNIT, a
// file for the report; MENPAI_BROWSER, the Chromium to use.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const name of ['MENPAI_URL', 'MENPAI_USER', 'MENPAI_PASSWORD']) {
  if (!process.env[name]) {
    console.error(
      `${name} is not set. The browser tests need a running server: MENPAI_URL, MENPAI_USER, MENPAI_PASSWORD.`,
    );
    process.exit(2);
  }
}
const reports = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
if (process.env.MENPAI_JUNIT)
  reports.push('--test-reporter=junit', `--test-reporter-destination=${process.env.MENPAI_JUNIT}`);
const all = fileURLToPath(new URL('./all.ts', import.meta.url));
const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--test', ...reports, all], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
