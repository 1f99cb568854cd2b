import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SPORTS } from '#domain/sports/index.ts'
import { indexOf, pageOf } from './sport-pages/page.ts'

/** Draws `docs/sports/` from the sports' own definitions: `npm run docs:sports`. */
const FOLDER = fileURLToPath(new URL('../docs/sports/', import.meta.url))

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))
mkdirSync(FOLDER, { recursive: true })
for (const name of readdirSync(FOLDER)) rmSync(`${FOLDER}${name}`)
for (const sport of sports) writeFileSync(`${FOLDER}${sport.id.replaceAll('_', '-')}.md`, pageOf(sport))
writeFileSync(`${FOLDER}README.md`, indexOf(sports))
process.stdout.write(`${sports.length} pages in docs/sports/\n`)
