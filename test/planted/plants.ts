/** An exact piece of a source file, found once in it, and what stands there instead while a mistake is planted. */
export interface Edit {
  file: string
  from: string
  to: string
}

/** A mistake somebody might make, and the tests that ought to notice. */
export interface Plant {
  name: string
  edits: readonly Edit[]
  test: string
  /** Of its titles, as `vitest -t` takes them. */
  only?: string
  env?: Readonly<Record<string, string>>
}

const plant = (name: string, test: string, only: string | undefined, ...edits: [file: string, from: string, to: string][]): Plant => ({
  name,
  test,
  ...(only === undefined ? {} : { only }),
  edits: edits.map(([file, from, to]) => ({ file, from, to })),
})

const simulated = (name: string, ...edits: [file: string, from: string, to: string][]): Plant => ({
  ...plant(name, 'test/sim/sim.test.ts', 'nothing lost', ...edits),
  env: { SIM_SEEDS: '150' },
})

export const PLANTS: readonly Plant[] = [
  // On the disk.
  plant('a commit that does not wait for the disk', 'server/storage/durability.test.ts', 'waits for the disk', [
    'server/storage/libsql.ts',
    "'synchronous=FULL'",
    "'synchronous=OFF'",
  ]),
  plant('a commit that waits for the disk now and then', 'server/storage/durability.test.ts', 'waits for the disk', [
    'server/storage/libsql.ts',
    "'synchronous=FULL'",
    "'synchronous=NORMAL'",
  ]),
  plant(
    'an answer before its transaction is committed',
    'server/storage/durability.test.ts',
    'the one writer|a killed process|a full disk',
    [
      'server/storage/libsql.ts',
      'else this.commit()\n      return outcomes',
      'else setTimeout(() => this.commit(), 20)\n      return outcomes',
    ],
  ),
  simulated('a play acknowledged before it is written', [
    'server/games/commits.ts',
    'await Promise.allSettled([write, chain.settled])',
    'await Promise.allSettled([Promise.resolve({ ok: true as const, results: [] }), chain.settled])',
  ]),
  simulated(
    'a play told to its readers before it is written',
    [
      'server/games/commits.ts',
      '    const on = chain ?? {',
      "    bus.publish('played', {\n      game,\n      plays: working.plays.map(play => presentPlay(sport, game, names, play, working.marks.get(play.seq), false)),\n    })\n    const on = chain ?? {",
    ],
    [
      'server/games/commits.ts',
      "    chain.kept = next\n    bus.publish('played', {",
      "    chain.kept = next\n    const unheard = (_topic: string, _message: object) => {}\n    unheard('played', {",
    ],
  ),

  // In the log.
  plant('a seq given twice', 'test/server/record.test.ts', '\\[L3\\]', [
    'domain/append.ts',
    '  const seq = head.seq + 1\n  const replaces',
    '  const seq = head.seq % 5 === 4 ? head.seq : head.seq + 1\n  const replaces',
  ]),
  plant('an id that is not looked up', 'test/server/record.test.ts', '\\[L1\\]', [
    'server/games/known.ts',
    'const known: Known = new Map(rows.filter(row => sent.has(row.id)).map(row => [row.id, row]))',
    'const known: Known = new Map()',
  ]),
  plant('one content taken for another', 'test/server/record.test.ts', '\\[L1\\]', [
    'server/games/known.ts',
    ".update(canonical(content)).digest('base64url')",
    ".update(canonical(content).slice(0, 1)).digest('base64url')",
  ]),
  plant('an expectation of the head that is not read', 'test/server/record.test.ts', '\\[L2\\]', [
    'server/games/record.ts',
    "return expectedSeq !== undefined && expectedSeq !== open.head.seq ? 'expectedSeq' : null",
    'return null',
  ]),
  plant('a void that forgets the replacement', 'domain/log.test.ts', undefined, [
    'domain/log.ts',
    'if (play.replaces !== undefined && own?.voidedBy === undefined) {',
    'if (play.replaces !== undefined) {',
  ]),
  plant('a play that is taken back and counts all the same', 'domain/log.test.ts', undefined, [
    'domain/replay.ts',
    'if (displaced) return { fold: passOver(fold, play, displaced), marks: displaced, counts: false }',
    'if (displaced) return { ...foldPlay(sport, rules, fold, play, undefined), marks: displaced }',
  ]),
  plant('a play that no longer fits and is told as one that counts', 'domain/log.test.ts', undefined, [
    'domain/replay.ts',
    'return { fold: settled(fold), marks: { ignored: outcome.refuse }, counts: false, path: outcome.path }',
    'return { fold: settled(fold), marks: {}, counts: true, path: outcome.path }',
  ]),
  plant('a fold in order of arrival', 'domain/sports/sports.test.ts', undefined, [
    'domain/replay.ts',
    '[...log].sort(byOrder), displacedBy(corrections)',
    '[...log].sort((a, b) => a.seq - b.seq), displacedBy(corrections)',
  ]),
  plant('a play put in that is folded last', 'domain/sports/sports.test.ts', undefined, [
    'domain/append.ts',
    'plays.findIndex(other => other.order > play.order)',
    'plays.findIndex(other => other.seq > play.seq)',
  ]),

  // On its way to the readers.
  plant('the header of the play before', 'test/server/gateway.test.ts', '\\[C6\\]', [
    'server/games/commits.ts',
    "    chain.kept = next\n    bus.publish('played', {\n      game,",
    "    const { game: before } = chain.kept\n    chain.kept = next\n    bus.publish('played', {\n      game: before,",
  ]),
  plant('a gap that a page does not see', 'domain/follow.test.ts', undefined, [
    'domain/follow.ts',
    'return isNext(state, message.plays) ? release(append(repaired, message.plays)) : hold(repaired, message)',
    'return release(append(repaired, message.plays))',
  ]),
  plant('a lost hint that nobody looks for', 'test/server/nodes.test.ts', 'hints that are lost', [
    'server/nodes/nodes.ts',
    'void Promise.race([lookAll(), sleep(',
    'void Promise.race([Promise.resolve(), sleep(',
  ]),
  plant('a slow reader who is kept everything', 'server/realtime/fan-out.test.ts', 'held to a bound', [
    'server/realtime/fan-out.ts',
    'if (line.waiting <= mostBytes)',
    'if (line.waiting <= mostBytes * 1e9)',
  ]),
  plant('a slow reader who is waited for', 'test/server/gateway.test.ts', 'SLOW_CONSUMER', [
    'server/realtime/slow.ts',
    'else if (now - since > limits.graceMs)',
    'else if (now - since > limits.graceMs * 1e9)',
  ]),
  plant('a message of the chat that its sender gets twice', 'test/server/gateway.test.ts', '\\[C9\\]', [
    'server/realtime/gateway.ts',
    '(from ? room.except(from) : room)',
    'room',
  ]),

  // Who may.
  plant('everybody may score', 'server/policies.test.ts', undefined, [
    'server/policies.ts',
    "export function canScore(account: Asking, game: Guarded): boolean {\n  return hasScope(account, 'score') && covers(account, game)",
    'export function canScore(account: Asking, _game: Guarded): boolean {\n  return account !== null',
  ]),
  plant('a right that is not asked for when a play is recorded', 'test/server/record.test.ts', '\\[R', [
    'server/games/record.ts',
    'if (!canRead(account, guarded(open.game))) return',
    'if (!open.game.id) return',
  ]),
  plant(
    'a game that anybody may watch',
    'test/security/entrance.test.ts',
    'every event',
    [
      'server/watch.ts',
      '  const found = await reader.open(account, gameId)\n  if (!found.ok) return found',
      '  const kept = await context.heads.open(gameId)\n  const found = kept ? { ok: true as const, open: kept } : await reader.open(account, gameId)\n  if (!found.ok) return found',
    ],
    [
      'server/realtime/gateway.ts',
      "      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')\n",
      '',
    ],
  ),
  plant('a chat that anybody may write in', 'test/security/entrance.test.ts', 'every event', [
    'server/chat.ts',
    'const found = await reader.open(sender.account, input.gameId)',
    "const kept = await context.heads.open(input.gameId)\n      const found = kept ? { ok: true as const, open: kept } : failure('UNKNOWN_GAME', 'No such game.')",
  ]),
  plant('a private game on the board', 'test/security/chat.test.ts', 'no board', [
    'server/lobby.ts',
    "if (game.visibility !== 'public' || game.partOf) return false",
    'if (game.partOf) return false',
  ]),
  plant('a game made private that its readers keep', 'test/server/gateway.test.ts', 'made private', [
    'server/realtime/gateway.ts',
    "if (game.visibility === 'private') {",
    "if (game.visibility === 'unlisted') {",
  ]),
  plant('a sign-in that ends and keeps its sockets', 'test/server/gateway.test.ts', '\\[R3\\]', [
    'server/realtime/gateway.ts',
    'if (isMeant(socket.data.account, gone)) socket.conn.close()',
    'isMeant(socket.data.account, gone)',
  ]),

  // From elsewhere.
  plant('a socket that another site may open', 'test/server/gateway.test.ts', 'S1 ', [
    'server/realtime/gateway.ts',
    'if (!origin.ok) return origin.error',
    'if (!origin.ok) context.log.debug(origin.error)',
  ]),
  plant('a reader that is given up because the server stood still', 'server/realtime/engine.test.ts', 'stood still', [
    'server/realtime/engine.ts',
    'if (line.due > now || isLate) break',
    'if (line.due > now) break',
  ]),
  plant('a message that overtakes what waits below the stream', 'server/realtime/fan-out.test.ts', 'in the order it was sent', [
    'server/realtime/engine.ts',
    'if (isIdle && frame.length <= SMALL_BYTES)',
    'if (frame.length <= SMALL_BYTES)',
  ]),
  plant('boards without end', 'test/security/entrance.test.ts', 'S8 ', [
    'server/realtime/gateway.ts',
    '    // Asked for while others were being read: the bound holds all the same.\n    if (!lobbies.has(room) && lobbies.size >= MAX_ROOMS) return',
    '    if (!lobbies.has(room) && lobbies.size >= MAX_ROOMS * 9) return',
  ]),
  plant('messages that nobody counts', 'test/security/entrance.test.ts', 'S5 ', [
    'server/realtime/on.ts',
    '(handlers.get(event) ?? unknown)(sent, this)',
    'handlers.get(event)?.(sent, this)',
  ]),
  plant('a write that another site may make', 'test/security/entrance.test.ts', 'S14', [
    'app/api/handle.ts',
    'if (!checked.ok) return refusal(checked.error)',
    "if (!checked.ok && checked.error.code !== 'CSRF') return refusal(checked.error)",
  ]),
  plant('an origin that only looks like ours', 'server/origin.test.ts', undefined, [
    'server/origin.ts',
    'return new URL(origin).host === new URL(',
    'return new URL(origin).host >= new URL(',
  ]),
  plant('pages without their policy', 'test/security/entrance.test.ts', 'S29', [
    'server/http.ts',
    "response.setHeader('Content-Security-Policy', policy)\n",
    '\n',
  ]),
  plant(
    'a nonce that a client chooses',
    'test/security/entrance.test.ts',
    'S29',
    [
      'server/http.ts',
      "const nonce = randomBytes(16).toString('base64')",
      "const nonce = String(request.headers['x-nonce'] ?? randomBytes(16).toString('base64'))",
    ],
    ['server/http.ts', "  'x-nonce',\n", ''],
  ),
  plant('a token in the log', 'server/log.test.ts', undefined, [
    'server/log.ts',
    '[/sl_[a-z]{3}_[\\w-]{8,}/g,',
    '[/sl_never_[\\w-]{8,}/g,',
  ]),

  // Tables and ties.
  plant('sides still level compared by the games of those that are not', 'domain/standings.test.ts', undefined, [
    'domain/ranking.ts',
    "rules.headToHead === 'again'",
    "rules.headToHead !== 'again'",
  ]),
  plant('older news of a match in place of newer', 'domain/tie.test.ts', undefined, [
    'domain/tie.ts',
    'if (known && data.seq < known.seq) return refuse',
    'if (known && data.seq < -1) return refuse',
  ]),
  plant('a match that its tie is not told of', 'test/server/ties.test.ts', 'T1', [
    'server/games/ties.ts',
    '      if (answer.game.partOf) await tell(answer.game)\n',
    '',
  ]),
  plant('a tie that is not looked at after a power cut', 'test/server/ties.test.ts', 'T8', [
    'server/games/ties.ts',
    '      void look(false)\n',
    '',
  ]),
  plant('a tie told by a node that has not looked', 'test/server/ties.test.ts', 'T9', [
    'server/games/ties.ts',
    '    if (!context.isAlone()) await turns.take(partOf, () => context.catchUp(partOf))\n',
    '',
  ]),
  plant('a tie that anybody may contradict', 'test/server/ties.test.ts', 'T5', [
    'server/games/record.ts',
    '      if (taken) return withIndex(notTold(taken), at)\n',
    '',
  ]),
]
