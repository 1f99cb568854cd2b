import { type Account, app } from '#server/app.ts'

const MOST_LOOKED_UP = 100

/** The games and competitions somebody may be limited to: what is being played and what comes, and what has been given already. */
export async function grantable(account: Account, granted: readonly string[]) {
  const { admin, games } = app()
  const [live, next, competitions] = await Promise.all([
    admin.games.list(account, { stage: 'live', page: 1 }),
    admin.games.list(account, { stage: 'next', page: 1 }),
    admin.games.competitions(account),
  ])
  const rows = [live, next].flatMap(answer => (answer.ok ? answer.games : []))
  const known = new Set(rows.map(row => row.id))
  const missing = [...new Set(granted)].filter(id => !known.has(id)).slice(0, MOST_LOOKED_UP)
  const others = (await Promise.all(missing.map(id => games.get(account, id)))).flatMap(answer => (answer.ok ? [answer.game] : []))
  return {
    games: [...rows, ...others].map(({ id, home, away, startsAt }) => ({ id, name: `${home.name} v ${away.name}`, startsAt })),
    competitions: competitions.ok ? competitions.competitions.map(({ id, name }) => ({ id, name })) : [],
  }
}
