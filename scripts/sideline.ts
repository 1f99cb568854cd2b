import { isStorageError } from '#server/storage/error.ts'
import { parseArguments, UsageError } from './sideline/arguments.ts'
import { CALL, type Command } from './sideline/command.ts'
import { copyCommands } from './sideline/copies.ts'
import { demoCommands } from './sideline/demo.ts'
import { doctorCommands } from './sideline/doctor.ts'
import { EX_CONFIG, EX_UNAVAILABLE, Refusal } from './sideline/premises.ts'
import { tokenCommands } from './sideline/token.ts'
import { userCommands } from './sideline/user.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  ...tokenCommands,
  ...userCommands,
  ...copyCommands,
  ...doctorCommands,
  ...demoCommands,
}

process.exitCode = await main(process.argv.slice(2))

/** Answers go to standard output, everything else to standard error. 0 done · 1 refused or failed · 2 called wrongly · 3 newer data · 69 database out of reach · 78 bad settings. */
async function main(given: string[]): Promise<number> {
  const isJson = given.includes('--json')
  const rest = given.filter(word => word !== '--json')
  if (rest.length === 0 || rest[0] === 'help' || rest.includes('--help') || rest.includes('-h')) {
    say(process.stdout, ...help(rest))
    return rest.length === 0 ? 2 : 0
  }
  try {
    const [name, command] = find(rest)
    const said = await command.run(parseArguments(rest.slice(name.split(' ').length), command))
    if (isJson) say(process.stdout, JSON.stringify(said.json))
    else {
      say(process.stdout, ...said.lines)
      say(process.stderr, ...(said.notes ?? []))
    }
    return said.code ?? 0
  } catch (error) {
    return tell(error, isJson)
  }
}

function find(words: readonly string[]): [string, Command] {
  for (const name of [words.slice(0, 2).join(' '), words[0] ?? '']) {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command) return [name, command]
  }
  const isGroup = Object.keys(COMMANDS).some(name => name.startsWith(`${words[0]} `))
  throw new UsageError(isGroup ? `${words[0]} needs to be told what to do` : `there is no command "${words[0]}"`)
}

function tell(error: unknown, isJson: boolean): number {
  const [code, message] = verdict(error)
  if (isJson) say(process.stderr, JSON.stringify({ error: { message } }))
  else {
    say(process.stderr, message)
    if (error instanceof UsageError) say(process.stderr, `${CALL} --help tells what there is.`)
  }
  return code
}

function verdict(error: unknown): [number, string] {
  if (error instanceof UsageError) return [2, error.message]
  if (error instanceof Refusal) return [error.code, error.message]
  if (isStorageError(error)) {
    const code =
      error.code === 'SCHEMA_NEWER' ? 3 : error.code === 'DATA_DIR' ? EX_CONFIG : error.code === 'UNAVAILABLE' ? EX_UNAVAILABLE : 1
    return [code, error.message]
  }
  if (error instanceof Error && 'code' in error && 'path' in error) return [1, `${error.path}: ${error.code}`]
  return [1, error instanceof Error ? (process.env.LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : error.message) : String(error)]
}

function help(words: readonly string[]): string[] {
  const wanted = words.filter(word => !word.startsWith('-') && word !== 'help')
  const shown = Object.entries(COMMANDS).filter(([name]) => wanted.length === 0 || name.startsWith(wanted.slice(0, 2).join(' ')))
  const list = shown.length > 0 ? shown : Object.entries(COMMANDS)
  return [
    `Usage: ${CALL} COMMAND [--json]`,
    '',
    ...list.flatMap(([name, { help: says, words: taken = [], mayAdd, flags = {} }]) => [
      `  ${[name, ...taken, ...(mayAdd ? [mayAdd] : [])].join(' ')}`,
      `      ${says}`,
      ...Object.entries(flags).map(([flag, value]) => `      --${flag}${value === null ? '' : ` ${value}`}`),
    ]),
    '',
    'Settings come from the environment, as the server reads them: DATA_DIR above all, and DATABASE_URL where the league is in PostgreSQL.',
    'restore and import need the server to be stopped; everything else works beside it, and it takes notice within two seconds.',
  ]
}

function say(stream: NodeJS.WriteStream, ...lines: string[]): void {
  for (const line of lines) stream.write(`${line}\n`)
}
