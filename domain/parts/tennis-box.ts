import type { BoxPlay, BoxTable } from '../box.ts'
import { other, type Side } from '../play.ts'
import { type Figures, figure, percent, teamTable } from './figures.ts'
import { chancesOf, formatOf, isTieBreak, NIL, openSet, type Rules, type SetLine, type State, serverNow } from './tennis.ts'

/** What one play was for both sides: a point, and the game it may have ended. */
function figuresOf({ play, before, after }: BoxPlay<State>, rules: Rules, hasServes: boolean): [Side, string][] {
  const isFault = play.kind === 'fault' || (play.kind === 'violation' && play.data?.penalty === 'fault')
  const isLate = play.period !== undefined && play.period < before.sets.length
  const opened = openSet(before, { ...play, period: undefined }, rules)
  if (isLate || 'refuse' in opened) return []
  const figures: [Side, string][] = []
  const server = serverNow(opened, rules) ?? (isFault ? (play.side ?? null) : null)
  const winner = after.won.home > before.won.home ? 'home' : after.won.away > before.won.away ? 'away' : null
  const how = isFault ? 'doubleFault' : play.data?.how
  if (winner) {
    if (how === 'winner') figures.push([winner, 'winners'])
    if (how === 'error') figures.push([other(winner), 'errors'])
    if (server && play.kind !== 'violation') {
      const serve = how === 'doubleFault' ? 2 : (play.data?.serve ?? (hasServes ? (opened.fault ? 2 : 1) : 0))
      const isHeld = winner === server
      figures.push([server, 'served'], [other(server), 'returned'])
      if (serve) figures.push([server, `serve${serve}`])
      if (isHeld) figures.push([server, 'serveWon'], ...(serve ? [[server, `serve${serve}Won`] as [Side, string]] : []))
      else figures.push([other(server), 'returnWon'])
      const { breakPoint } = chancesOf(opened, rules)
      if (breakPoint) figures.push([breakPoint, 'chances'], ...(winner === breakPoint ? [[breakPoint, 'breaks'] as [Side, string]] : []))
    }
  }
  const n = opened.sets.length - 1
  const [was, is] = [opened.sets[n] as SetLine, after.sets[n] ?? NIL]
  const gained = is.home + is.away === was.home + was.away + 1 ? (is.home > was.home ? 'home' : 'away') : null
  if (gained && server && play.kind !== 'setScore' && play.kind !== 'setWon' && !isTieBreak(was, formatOf(n + 1, rules))) {
    figures.push([server, 'serviceGames'], ...(gained === server ? [[server, 'held'] as [Side, string]] : []))
  }
  return figures
}

/** The match in figures, as tours print it; a line that no play tells of is left out. */
export function box(plays: readonly BoxPlay<State>[], rules: Rules): readonly BoxTable[] {
  const counting = plays.filter(({ counts }) => counts)
  const last = counting.at(-1)?.after
  if (!last) return []
  const hasServes = counting.some(({ play }) => play.kind === 'fault' || play.data?.serve !== undefined)
  const all: Record<Side, Record<string, number>> = { home: {}, away: {} }
  for (const play of counting) {
    for (const [side, key] of figuresOf(play, rules, hasServes)) all[side][key] = figure(all[side], key) + 1
  }
  for (const side of ['home', 'away'] as const) {
    const games = last.sets.reduce((n, set) => n + set[side], 0)
    Object.assign(all[side], { points: last.won[side], aces: last.aces[side], faults: last.doubleFaults[side], games })
  }
  const share = (part: string, whole: string) => (f: Figures) => {
    const [made, of] = [figure(f, part), figure(f, whole)]
    return of > 0 ? `${made}/${of} (${percent(made, of)})` : null
  }
  const plain = (key: string) => (f: Figures) => figure(f, key)
  const side = (figures: Figures) => ({ players: new Map(), unnamed: {}, all: figures })
  return teamTable({ home: side(all.home), away: side(all.away) }, [
    { label: 'Aces', of: plain('aces') },
    { label: 'Double faults', of: plain('faults') },
    { label: 'First serves in', of: share('serve1', hasServes ? 'served' : 'serve1') },
    { label: 'Won on first serve', of: share('serve1Won', 'serve1') },
    { label: 'Won on second serve', of: share('serve2Won', 'serve2') },
    { label: 'Points won on serve', of: share('serveWon', 'served') },
    { label: 'Points won on return', of: share('returnWon', 'returned') },
    { label: 'Break points won', of: f => (figure(f, 'chances') > 0 ? `${figure(f, 'breaks')}/${figure(f, 'chances')}` : null) },
    { label: 'Service games held', of: f => (figure(f, 'serviceGames') > 0 ? `${figure(f, 'held')}/${figure(f, 'serviceGames')}` : null) },
    { label: 'Winners', of: plain('winners') },
    { label: 'Unforced errors', of: plain('errors') },
    { label: 'Points won', of: plain('points') },
    { label: 'Games won', of: plain('games') },
  ])
}
