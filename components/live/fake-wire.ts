import type { AskEvent, TellEvent, TellMessage, Wire, WireListener } from './wire.ts'

interface Asked {
  event: AskEvent
  request: unknown
  answer(value: unknown): void
}

/** A wire in a test's hands: it opens, closes, answers and stays silent as it is told. */
export class FakeWire implements Wire {
  readonly asked: Asked[] = []
  /** Every question sent, in order. */
  readonly log: AskEvent[] = []
  cuts = 0
  hurries = 0
  /** Answers at once where it returns something; otherwise the question waits in `asked` until its time is over. */
  reply: (event: AskEvent, request: unknown) => unknown = () => undefined
  private open = false
  private listener: WireListener | null = null
  private readonly handlers = new Map<string, Set<(message: unknown) => void>>()

  isOpen = () => this.open

  ask: Wire['ask'] = (event, request, timeoutMs) => {
    if (!this.open) return Promise.resolve(null)
    this.log.push(event)
    const now = this.reply(event, request)
    if (now !== undefined) return Promise.resolve(now as never)
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(null), timeoutMs)
      const answer = (value: unknown) => {
        clearTimeout(timer)
        resolve(value as never)
      }
      this.asked.push({ event, request, answer })
    })
  }

  on: Wire['on'] = (event, take) => {
    const set = this.handlers.get(event) ?? new Set()
    this.handlers.set(event, set.add(take as (message: unknown) => void))
    return () => set.delete(take as (message: unknown) => void)
  }

  listen(listener: WireListener): void {
    this.listener = listener
  }

  cut(): void {
    this.cuts += 1
    this.drop()
  }

  hurry(): void {
    this.hurries += 1
  }

  connect(): void {
    this.open = true
    this.listener?.opened()
  }
  drop(): void {
    this.open = false
    this.listener?.closed()
  }
  fail(code: string | null = null): void {
    this.listener?.failed(code)
  }
  proof(): void {
    this.listener?.proof()
  }
  tell<E extends TellEvent>(event: E, message: TellMessage<E>): void {
    this.proof()
    for (const take of this.handlers.get(event) ?? []) take(message)
  }
  count = (event: AskEvent) => this.asked.filter(question => question.event === event).length
}
