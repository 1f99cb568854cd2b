'use client'

interface SportEntry {
  id: string
  name: string
}
interface SportChoiceProps {
  sports: readonly SportEntry[]
  /** Ids of those that are played here, the likelier first; they stand in front of all others. */
  played: readonly string[]
  value: string
  onChange(id: string): void
}

/** As many sports as need no order of their own. */
const FEW = 6

/** Which sport: those of this league first, all the others behind one tap. */
export function SportChoice({ sports, played, value, onChange }: SportChoiceProps) {
  const byName = [...sports].sort((a, b) => a.name.localeCompare(b.name))
  const near = [...new Set([...played, value])].flatMap(id => byName.find(sport => sport.id === id) ?? [])
  const rest = byName.filter(sport => !near.includes(sport))
  const isFolded = sports.length > FEW && played.length > 0 && rest.length > 0
  const chips = (list: readonly SportEntry[]) => (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-2">
      {list.map(({ id, name }) => (
        <label
          key={id}
          className="relative flex min-h-11 cursor-pointer items-center rounded-md border border-edge/70 bg-field px-3 text-sm leading-tight hover:border-ink has-checked:border-ink has-checked:bg-ink has-checked:font-semibold has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
        >
          <input type="radio" name="sport" value={id} checked={id === value} onChange={() => onChange(id)} className="sr-only" />
          {name}
        </label>
      ))}
    </div>
  )
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">Sport</legend>
      {isFolded ? (
        <>
          {chips(near)}
          <details>
            <summary className="inline-flex min-h-11 items-center text-sm font-semibold">Other sports ({rest.length})</summary>
            {chips(rest)}
          </details>
        </>
      ) : (
        chips(byName)
      )}
    </fieldset>
  )
}
