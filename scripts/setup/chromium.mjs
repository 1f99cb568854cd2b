// A Chromium for the browser tests: the system's own, else installed from its packages, else Playwright's.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { hasApt, installWithApt } from './apt.mjs'
import { PlainError, ROOT, step } from './steps.mjs'

/** The first has no windows to draw, and runs the tests in two thirds of the time. */
const PACKAGES = ['chromium-headless-shell', 'chromium']
const NAMES = [...PACKAGES, 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of a Chromium, or undefined. CHROMIUM_PATH decides where it is set. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const inPath = NAMES.flatMap(name => folders.map(folder => join(folder, name)))
  return [...inPath, ...ELSEWHERE, playwrightsOwn()].find(path => path && existsSync(path))
}

export async function ensureChromium(out = process.stdout) {
  const works = () => {
    const path = findChromium()
    return path && starts(path) ? path : undefined
  }
  const found = works()
  if (found) return found
  if (process.env.CHROMIUM_PATH) throw new PlainError(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not start.`)
  for (const name of hasApt() ? PACKAGES : []) {
    await installWithApt(name, out)
    const installed = works()
    if (installed) return installed
  }
  const playwright = join(ROOT, 'node_modules/playwright/cli.js')
  await step("Installing Playwright's Chromium", process.execPath, [playwright, 'install', 'chromium'], { out, optional: true })
  const own = works()
  if (own) return own
  throw new PlainError('The browser tests need a Chromium: install the package "chromium", or set CHROMIUM_PATH to one.')
}

function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function playwrightsOwn() {
  try {
    return createRequire(join(ROOT, 'package.json'))('@playwright/test').chromium.executablePath()
  } catch {
    return undefined
  }
}
