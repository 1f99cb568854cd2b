'use client'
import { type ReactNode, useMemo, useState } from 'react'
import { DateStrip } from '#components/board/date-strip.tsx'
import { useFavourites } from '#components/board/favourites.ts'
import type { Filter } from '#components/board/filter.ts'
import { FilterBar } from '#components/board/filter-bar.tsx'
import { GameLine } from '#components/board/game-line.tsx'
import { GameTile } from '#components/board/game-tile.tsx'
import { createLobbyStore } from '#components/board/lobby-store.ts'
import { sideColors } from '#components/colors.ts'
import { Score } from '#components/game/score.tsx'
import { TeamMark } from '#components/game/team-mark.tsx'
import { announce } from '#components/shell/announcer.tsx'
import { Strip } from '#components/shell/connection-banner.tsx'
import { LiveSwitch } from '#components/shell/live-switch.tsx'
import { Wordmark } from '#components/shell/wordmark.tsx'
import { StandingsTable } from '#components/standings/standings-table.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Checkbox, Field, Select, TextArea, TextInput } from '#components/ui/field.tsx'
import { Ago, LocalTime } from '#components/ui/local-time.tsx'
import { Empty, Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { StarButton } from '#components/ui/star-button.tsx'
import { Segmented, TabLinks } from '#components/ui/tabs.tsx'
import { useReader } from '#components/ui/use-time.ts'
import { galleryBoard, galleryRows, galleryTable } from './fixtures.ts'

const COLORS = [
  'paper',
  'field',
  'press',
  'ink',
  'soft',
  'line',
  'edge',
  'live',
  'live-tint',
  'warn',
  'warn-tint',
  'yellow',
  'red',
  'green',
  'blue',
]
const TEAMS: [string | null, string | null][] = [
  ['#1d5cc2', '#e0a100'],
  ['#ffffff', '#ffff00'],
  ['#000000', '#000000'],
  ['#cc0000', '#00aa00'],
  ['#1d5cc2', '#1d5cc2'],
  [null, null],
]

export function Gallery({ now }: { now: number }) {
  return (
    <div className="page pt-6 pb-24">
      <h1 className="heading mb-8 text-xl">Gallery</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
        <Marks />
        <Games now={now} />
        <Section title="Table">
          <div className="grid gap-12 lg:grid-cols-[1fr_20.5rem]">
            <div>
              <StandingsTable rows={galleryTable()} />
            </div>
            <div>
              <StandingsTable rows={galleryTable()} isBrief />
            </div>
          </div>
        </Section>
        <Controls />
        <Words now={now} />
      </div>
    </div>
  )
}

function Marks() {
  const [rises, setRises] = useState(0)
  return (
    <>
      <Section title="Colours">
        <ul className="mt-4 grid grid-cols-3 gap-3 sm:grid-cols-6 lg:grid-cols-11">
          {COLORS.map(name => (
            <li key={name} className="text-xs">
              <span className="mb-1 block h-14 rounded-md border border-line" style={{ background: `var(--color-${name})` }} />
              {name}
            </li>
          ))}
        </ul>
        <ul className="mt-6 flex flex-wrap gap-6">
          {TEAMS.map(([home, away]) => {
            const colors = sideColors(home, away)
            return (
              <li key={`${home}${away}`} className="flex items-center gap-2 text-xs text-soft">
                <TeamMark tone={colors.home} className="h-8 w-3" />
                <TeamMark tone={colors.away} className="h-8 w-3" />
                {home ?? 'none'} {away ?? 'none'}
              </li>
            )
          })}
        </ul>
      </Section>
      <Section title="Type">
        <div className="mt-4 space-y-3">
          <Wordmark className="text-2xl" />
          <p className="figures text-hero">78–76</p>
          <p className="figures text-tile">0123456789</p>
          <p className="figures text-row">0123456789 Q4 2:07 67′</p>
          <p className="heading text-xl">Heading, Harbour Hawks against Mill Town Bears</p>
          <p>Text. East Dock above Mill Town: won both meetings. Łódź, Ðà Nẵng, Žižkov.</p>
          <p className="text-xs text-soft">Second line, in 2 h, frozen pitch</p>
        </div>
      </Section>
      <Section title="Score">
        <div className="mt-4 flex flex-wrap items-center gap-8">
          <Score value={78} size="hero" fresh={rises} />
          <Score value={76} size="tile" fresh={rises} />
          <Score value={76} fresh={rises} />
          <Score value={61} isFaded />
          <Score value={null} />
          <Button onClick={() => setRises(count => count + 1)}>Score</Button>
        </div>
      </Section>
    </>
  )
}

function Games({ now }: { now: number }) {
  const { timeZone } = useReader()
  const board = useMemo(() => galleryBoard(now, timeZone), [now, timeZone])
  const store = useMemo(() => createLobbyStore({ n: 0, rows: galleryRows(now), pollUrl: '' }), [now])
  const favourites = useFavourites()
  const filter: Filter = { status: 'all', sport: null, competition: null }
  const props = { store, favourites }
  return (
    <>
      <div className="-mx-4 sm:-mx-8">
        <DateStrip date={board.today} today={board.today} days={board.strip} liveNow={4} filter={filter} />
        <FilterBar
          filter={filter}
          date={null}
          live={4}
          favourites={2}
          sports={['basketball', 'soccer']}
          competitions={board.competitions}
        />
      </div>
      <Section title="Tiles">
        <ul className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(15.5rem,1fr))] pt-px pl-px">
          {['live', 'last-minute', 'soccer', 'sets', 'halted', 'long'].map(id => (
            <GameTile key={id} id={id} {...props} />
          ))}
        </ul>
      </Section>
      <Section title="Lines">
        <ul className="grid gap-x-12 md:grid-cols-2">
          {board.games.map(row => (
            <GameLine key={row.id} id={row.id} {...props} />
          ))}
        </ul>
      </Section>
    </>
  )
}

function Controls() {
  const [isOpen, setIsOpen] = useState(false)
  const [isSheet, setIsSheet] = useState(false)
  const [isPaused, setIsPaused] = useState(false)
  const [isStarred, setIsStarred] = useState(false)
  const [order, setOrder] = useState<'new' | 'old'>('new')
  return (
    <Section title="Controls">
      <Row>
        <Button look="ink">Start the game</Button>
        <Button>Open the log</Button>
        <Button look="plain">Cancel</Button>
        <Button look="warn">Delete the game</Button>
        <Button disabled>Not now</Button>
        <Button look="ink" size="l">
          Stop the clock
        </Button>
        <StarButton name="Hawks against Bears" isOn={isStarred} onToggle={() => setIsStarred(!isStarred)} />
      </Row>
      <div className="grid max-w-3xl gap-5 py-4 sm:grid-cols-2">
        <Field label="Home side" hint="A new name makes a new team">
          {control => <TextInput {...control} placeholder="Harbour Hawks" />}
        </Field>
        <Field label="Starts at" error="This time does not exist on that day">
          {control => <TextInput {...control} defaultValue="02:30" />}
        </Field>
        <Field label="Sport">
          {control => (
            <Select {...control}>
              <option>Basketball</option>
              <option>Soccer</option>
            </Select>
          )}
        </Field>
        <Field label="Announcement">{control => <TextArea {...control} rows={2} />}</Field>
        <Checkbox label="Chat" hint="Guests with a name may write" defaultChecked />
      </div>
      <Row>
        <TabLinks
          label="Parts of the game"
          tabs={[
            { href: '#summary', label: 'Summary', isCurrent: true },
            { href: '#plays', label: 'Plays', isCurrent: false },
            { href: '#stats', label: 'Stats', isCurrent: false },
          ]}
        />
        <Segmented
          label="Order"
          name="order"
          value={order}
          onChange={setOrder}
          options={[
            { value: 'new', label: 'Newest first' },
            { value: 'old', label: 'Oldest first' },
          ]}
        />
        <LiveSwitch isPaused={isPaused} waiting={5} onToggle={() => setIsPaused(!isPaused)} />
        <Button onClick={() => setIsOpen(true)}>Dialog</Button>
        <Button onClick={() => setIsSheet(true)}>Sheet</Button>
        <Button onClick={() => announce('Hawks 61, Bears 58.', 'gallery')}>Announce</Button>
      </Row>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} title="End the game" footer={<Button look="ink">End it, 78–76</Button>}>
        <p>The result can be corrected later, play by play.</p>
      </Dialog>
      <Dialog open={isSheet} onClose={() => setIsSheet(false)} title="Set the clock" place="sheet">
        <Field label="The board shows">{control => <TextInput {...control} defaultValue="2:07" />}</Field>
      </Dialog>
    </Section>
  )
}

function Words({ now }: { now: number }) {
  const at = new Date(now - 380_000).toISOString()
  return (
    <Section title="Words">
      <div className="grid gap-4 py-4 md:grid-cols-2">
        <Notice>Passwords travel unencrypted here: this address is plain http.</Notice>
        <Notice tone="warn">4 plays wait for the network, the oldest for 2 min.</Notice>
        <Empty title="No games on 22 Nov">Next: Sat 29 Nov</Empty>
        <p>
          <LocalTime at={at} show="both" /> · <LocalTime at={at} /> · <LocalTime at={at} show="day" /> · <Ago at={at} />
        </p>
      </div>
      <Strip>Connection lost. Last update 19:02.</Strip>
    </Section>
  )
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-5 gap-y-3 py-4">{children}</div>
}
