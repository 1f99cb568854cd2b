'use client'
import { X } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import { Checkbox, Field, Select } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import { dayOf, dayText, timeText } from '#components/ui/time.ts'
import { useReader, useTime } from '#components/ui/use-time.ts'
import type { Choices, Limits } from './admin-data.ts'

interface LimitsEditorProps {
  /** Unique on the page. */
  name: string
  label: string
  /** null: not limited. */
  value: Limits | null
  choices: Choices
  onChange: (limits: Limits | null) => void
}

const NONE: Limits = { games: [], competitions: [] }

/** Every game, or only those of some competitions, and single ones. */
export function LimitsEditor({ name, label, value, choices, onChange }: LimitsEditorProps) {
  const gameText = useGameText()
  const limits = value ?? NONE
  const toggle = (id: string, isOn: boolean) =>
    onChange({ ...limits, competitions: isOn ? [...limits.competitions, id] : limits.competitions.filter(other => other !== id) })
  const left = choices.games.filter(game => !limits.games.includes(game.id))
  return (
    <div className="grid gap-3">
      <div>
        <p aria-hidden className="mb-1 text-sm font-semibold">
          {label}
        </p>
        <Segmented
          label={label}
          name={`${name}-limits`}
          value={value === null ? 'every' : 'some'}
          options={[
            { value: 'every', label: 'Every game' },
            { value: 'some', label: 'Only some' },
          ]}
          onChange={choice => onChange(choice === 'every' ? null : limits)}
        />
      </div>
      {value === null ? null : (
        <div className="grid gap-3 border-s-2 border-line ps-4">
          {choices.competitions.length > 0 ? (
            <fieldset>
              <legend className="text-xs text-soft">All games of</legend>
              {choices.competitions.map(competition => (
                <Checkbox
                  key={competition.id}
                  label={competition.name}
                  checked={limits.competitions.includes(competition.id)}
                  onChange={event => toggle(competition.id, event.target.checked)}
                />
              ))}
            </fieldset>
          ) : null}
          {limits.games.length > 0 ? (
            <ul>
              {limits.games.map(id => {
                const text = gameText(choices.games.find(game => game.id === id)) ?? `Game ${id.slice(0, 8)}`
                return (
                  <li key={id} className="flex items-center justify-between gap-2 border-b border-line text-sm">
                    <span>{text}</span>
                    <IconButton
                      label={`Take away ${text}`}
                      onClick={() => onChange({ ...limits, games: limits.games.filter(other => other !== id) })}
                      className="-me-3 shrink-0"
                    >
                      <X size={16} aria-hidden />
                    </IconButton>
                  </li>
                )
              })}
            </ul>
          ) : null}
          {left.length > 0 ? (
            <Field label="Add a game">
              {control => (
                <Select
                  {...control}
                  value=""
                  onChange={event => event.target.value && onChange({ ...limits, games: [...limits.games, event.target.value] })}
                >
                  <option value="">Choose</option>
                  {left.map(game => (
                    <option key={game.id} value={game.id}>
                      {gameText(game)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ) : null}
        </div>
      )}
    </div>
  )
}

/** `Hawks v Bears, Sat 29 Nov 19:30` */
function useGameText() {
  const reader = useReader()
  const today = useTime(now => dayOf(now, reader.timeZone), 60_000)
  return (game: Choices['games'][number] | undefined): string | null => {
    if (!game) return null
    if (game.startsAt === null) return game.name
    return `${game.name}, ${dayText(dayOf(game.startsAt, reader.timeZone), today)} ${timeText(game.startsAt, reader)}`
  }
}
