import { defineConfig } from '@playwright/test'
import type { ServerOptions } from './e2e/fixtures.ts'
import { findChromium } from './scripts/setup/chromium.mjs'

const isRoot = process.getuid?.() === 0

/** Tests run at the size of a desk. `@phone` in a title or tag moves one to a phone, `@every-size` runs it on both. */
export default defineConfig<object, ServerOptions>({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: false,
  workers: 2,
  // What passes the second time is printed as flaky, with a picture of the first: to be looked into, while nothing waits for it.
  retries: 1,
  forbidOnly: true,
  // What takes a second here may take ten on a busy machine; only a failure waits so long.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Writing a trace takes a quarter of all the time; `--trace retain-on-failure` writes one of what fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      // Chromium's own sandbox cannot be set up by root.
      chromiumSandbox: !isRoot,
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu'],
    },
  },
  projects: [
    { name: 'desktop', grepInvert: /@phone\b/, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      grep: /@phone\b|@every-size\b/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
  ],
})
