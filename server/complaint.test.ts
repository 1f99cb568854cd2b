import { expect, it } from 'vitest'
import { createComplaint } from './complaint.ts'
import { createLog } from './log.ts'

it('what fails each second is one line when it begins and one when it is over, each time', () => {
  const lines: { level: string; msg: string }[] = []
  const complaint = createComplaint(
    createLog('info', line => lines.push(JSON.parse(line))),
    'gone',
    'back',
  )
  complaint.worked()
  for (let again = 0; again < 2; again++) {
    for (let i = 0; i < 5; i++) complaint.failed(new Error('out of reach'))
    for (let i = 0; i < 5; i++) complaint.worked()
  }
  expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual(['warn gone', 'info back', 'warn gone', 'info back'])
})
