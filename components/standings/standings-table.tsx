import Link from 'next/link'
import { TeamMark } from '#components/game/team-mark.tsx'
import { cx } from '#components/ui/cx.ts'
import type { StandingsRow } from '#domain/standings.ts'

interface StandingsTableProps {
  rows: StandingsRow[]
  /** Position, played, won, difference and points alone: for a narrow place. */
  isBrief?: boolean
  caption?: string
  /** The team whose page this is on: its row stands out, and leads to the whole table. */
  own?: { teamId: string; href: string }
}

/** A league's table, and under it what separated teams that were level. */
export function StandingsTable({ rows, isBrief, caption = 'Table', own }: StandingsTableProps) {
  const hasDraws = rows.some(row => row.drawn > 0)
  // What ranks them is what stands last and large.
  const isByPercentage = rows.some(row => row.decidedBy === 'percentage') && !rows.some(row => row.decidedBy === 'points')
  const hasLate = rows.some(row => lateLosses(row) > 0)
  const hasBonus = rows.some(row => row.bonus > 0)
  const figure = 'figures ps-2 text-end text-base sm:ps-3'
  const wide = isBrief ? 'hidden' : 'max-sm:hidden'
  const cell = cx(figure, 'font-medium')
  return (
    <>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-soft [&>th]:h-9 [&>th]:font-medium">
            <th scope="col" className="w-7 text-start">
              <span className="sr-only">Position</span>
            </th>
            <th scope="col" className="text-start">
              Team
            </th>
            <Head name="Played" short="P" />
            <Head name="Won" short="W" />
            {hasDraws ? <Head name="Drawn" short="D" className={isBrief ? 'hidden' : undefined} /> : null}
            <Head name="Lost" short="L" className={isBrief ? 'hidden' : undefined} />
            {hasLate ? <Head name="Of these, lost after the regular time" short="OTL" className={wide} /> : null}
            <Head name="For" short="F" className={wide} />
            <Head name="Against" short="A" className={wide} />
            <Head name="Difference" short="+/−" className={isByPercentage ? wide : undefined} />
            {hasBonus ? <Head name="Bonus points" short="B" className={wide} /> : null}
            {isByPercentage ? <Head name="Percentage of games won" short="Pct" /> : null}
            {isByPercentage ? <Head name="Games behind" short="GB" /> : <Head name="Points" short="Pts" />}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.team.id} className="h-11 border-b border-line">
              <td className="figures text-base font-medium text-soft">{row.position}</td>
              <th scope="row" className={cx('max-w-0 text-start', row.team.id === own?.teamId ? 'font-[750]' : 'font-[560]')}>
                <Link
                  href={row.team.id === own?.teamId ? own.href : `/teams/${row.team.id}`}
                  prefetch={false}
                  className="flex min-h-10 items-center gap-2 underline-offset-4 hover:underline"
                >
                  <TeamMark tone={row.team.color} />
                  <span className={isBrief ? 'my-1 line-clamp-2 leading-[1.2]' : 'truncate'} title={row.team.name}>
                    {row.team.name}
                    {row.deduction > 0 && (own === undefined || row.team.id === own.teamId) ? <span className="text-soft"> *</span> : null}
                  </span>
                  {row.team.id === own?.teamId ? <span className="sr-only">, this team: full table</span> : null}
                </Link>
              </th>
              <td className={cell}>{row.played}</td>
              <td className={cell}>{row.won}</td>
              {hasDraws ? <td className={cx(cell, isBrief && 'hidden')}>{row.drawn}</td> : null}
              <td className={cx(cell, isBrief && 'hidden')}>{row.lost}</td>
              {hasLate ? <td className={cx(cell, wide)}>{lateLosses(row)}</td> : null}
              <td className={cx(cell, wide)}>{row.for}</td>
              <td className={cx(cell, wide)}>{row.against}</td>
              <td className={cx(cell, isByPercentage && wide)}>{signed(row.for - row.against)}</td>
              {hasBonus ? <td className={cx(cell, wide)}>{row.bonus}</td> : null}
              {isByPercentage ? <td className={cx(figure, 'text-lg')}>{share(row.percentage)}</td> : null}
              {isByPercentage ? (
                <td className={cell}>{row.gamesBehind === 0 ? '–' : halves(row.gamesBehind)}</td>
              ) : (
                <td className={cx(figure, 'text-lg')}>{row.points}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Notes rows={rows} ownId={own?.teamId} />
    </>
  )
}

function Head({ name, short, className }: { name: string; short: string; className?: string }) {
  return (
    <th scope="col" className={cx('w-8 ps-2 text-end sm:w-9 sm:ps-3', className)}>
      <abbr title={name} className="no-underline">
        {short}
      </abbr>
    </th>
  )
}

const lateLosses = ({ outcomes }: StandingsRow) => (outcomes.overtimeLoss ?? 0) + (outcomes.shootoutLoss ?? 0)
/** `.707`, `1.000` */
const share = (value: number | null) => (value === null ? '–' : value.toFixed(3).replace(/^0/, ''))
/** `2½`; of somebody who leads with fewer wins, below nothing. */
const halves = (games: number) => {
  const whole = Math.trunc(Math.abs(games))
  return `${games < 0 ? '−' : ''}${whole === 0 && games % 1 !== 0 ? '' : whole}${games % 1 === 0 ? '' : '½'}`
}
const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0')

const MEETINGS = 'in their own games'
const REASONS: Readonly<Record<string, string>> = {
  percentage: 'more of its games won',
  wins: 'more won',
  'regulation-wins': 'more won in regular time',
  'wins-before-shootout': 'more won without a shoot-out',
  'away-wins': 'more won away',
  difference: 'the better difference',
  for: 'more scored',
  against: 'less conceded',
  ratio: 'the better ratio',
  'away-for': 'more scored away',
  'column-difference': 'the better difference of points in all sets',
  'column-for': 'more points in all sets',
  'column-ratio': 'the better ratio of points in all sets',
  'net-run-rate': 'the better net run rate',
  'head-to-head': `better ${MEETINGS}`,
  'head-to-head-points': `more points ${MEETINGS}`,
  'head-to-head-percentage': `more won ${MEETINGS}`,
  'head-to-head-wins': `more won ${MEETINGS}`,
  'head-to-head-difference': `the better difference ${MEETINGS}`,
  'head-to-head-for': `more scored ${MEETINGS}`,
  'head-to-head-ratio': `the better ratio ${MEETINGS}`,
  'head-to-head-away-for': `more scored away ${MEETINGS}`,
  'head-to-head-column-difference': `the better difference of points ${MEETINGS}`,
  'head-to-head-column-ratio': `the better ratio of points ${MEETINGS}`,
  'fair-play': 'better conduct',
  playoff: 'won the play-off',
  lots: 'by lot',
  name: 'level in everything, by name',
}

/** Beside a team's own row only what is about it. */
function Notes({ rows, ownId }: { rows: StandingsRow[]; ownId?: string }) {
  const isTold = (...told: StandingsRow[]) => ownId === undefined || told.some(row => row.team.id === ownId)
  const notes = [
    ...rows.flatMap((row, index) => {
      const next = rows[index + 1]
      const reason = REASONS[row.decidedBy ?? '']
      const isDecided = next && reason && isTold(row, next) && row.points === next.points && row.played > 0
      return isDecided ? [`${row.team.name} above ${next.team.name}: ${reason}.`] : []
    }),
    ...rows
      .filter(row => row.deduction > 0 && isTold(row))
      .map(row => `* ${row.team.name}: ${row.deduction} ${row.deduction === 1 ? 'point' : 'points'} deducted${because(row)}.`),
  ]
  if (notes.length === 0) return null
  return (
    <ul className="mt-2 space-y-0.5 text-xs text-soft">
      {notes.map(note => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

/** ` (late kick-off, 2031-03-01; …)` */
function because({ deductions = [] }: StandingsRow): string {
  const said = deductions.map(({ reason, date }) => [reason, date].filter(Boolean).join(', ')).filter(Boolean)
  return said.length > 0 ? ` (${said.join('; ')})` : ''
}
