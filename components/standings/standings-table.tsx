import { TeamMark } from '#components/game/team-mark.tsx'
import { cx } from '#components/ui/cx.ts'
import type { StandingsRow } from '#domain/standings.ts'

interface StandingsTableProps {
  rows: StandingsRow[]
  /** Position, played, won, difference and points alone: for a narrow place. */
  isBrief?: boolean
  caption?: string
}

/** A league's table, and under it what separated teams level on points. */
export function StandingsTable({ rows, isBrief, caption = 'Table' }: StandingsTableProps) {
  const hasDraws = rows.some(row => row.drawn > 0)
  const figure = 'figures ps-2 text-end text-base sm:ps-3'
  const wide = isBrief ? 'hidden' : 'max-sm:hidden'
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
            <Head name="For" short="F" className={wide} />
            <Head name="Against" short="A" className={wide} />
            <Head name="Difference" short="+/−" />
            <Head name="Points" short="Pts" />
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.team.id} className="h-11 border-b border-line">
              <td className="figures text-base font-medium text-soft">{row.position}</td>
              <th scope="row" className="max-w-0 text-start font-[560]">
                <span className="flex items-center gap-2">
                  <TeamMark tone={row.team.color} />
                  <span className={isBrief ? 'line-clamp-2 py-1 leading-[1.2]' : 'truncate'} title={row.team.name}>
                    {row.team.name}
                    {row.deduction > 0 ? <span className="text-soft"> *</span> : null}
                  </span>
                </span>
              </th>
              <td className={cx(figure, 'font-medium')}>{row.played}</td>
              <td className={cx(figure, 'font-medium')}>{row.won}</td>
              {hasDraws ? <td className={cx(figure, 'font-medium', isBrief && 'hidden')}>{row.drawn}</td> : null}
              <td className={cx(figure, 'font-medium', isBrief && 'hidden')}>{row.lost}</td>
              <td className={cx(figure, 'font-medium', wide)}>{row.for}</td>
              <td className={cx(figure, 'font-medium', wide)}>{row.against}</td>
              <td className={cx(figure, 'font-medium')}>{signed(row.for - row.against)}</td>
              <td className={cx(figure, 'text-lg')}>{row.points}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Notes rows={rows} />
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

const signed = (value: number) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0')

const REASONS: Readonly<Record<string, string>> = {
  difference: 'the better difference',
  for: 'more scored',
  wins: 'more won',
  'head-to-head': 'better in their own games',
  name: 'level in everything, by name',
}

function Notes({ rows }: { rows: StandingsRow[] }) {
  const notes = [
    ...rows.flatMap((row, index) => {
      const next = rows[index + 1]
      const isDecided = next && row.decidedBy && row.decidedBy !== 'points' && row.points === next.points && row.played > 0
      return isDecided ? [`${row.team.name} above ${next.team.name}: ${REASONS[row.decidedBy ?? '']}.`] : []
    }),
    ...rows.filter(row => row.deduction > 0).map(row => `* ${row.team.name}: ${row.deduction} points deducted.`),
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
