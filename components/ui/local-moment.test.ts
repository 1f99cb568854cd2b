import { afterAll, describe, expect, it } from 'vitest'
import { momentOf } from './local-moment.ts'

const before = process.env.TZ
afterAll(() => {
  process.env.TZ = before
})

describe('F28 a time as somebody types it', () => {
  it.each([
    ['Europe/Berlin', '2026-06-01T19:30', { at: '2026-06-01T17:30:00.000Z', isTwice: false }],
    ['Europe/Berlin', '2026-03-29T02:30', null],
    ['Europe/Berlin', '2026-03-29T03:00', { at: '2026-03-29T01:00:00.000Z', isTwice: false }],
    ['Europe/Berlin', '2026-10-25T02:30', { at: '2026-10-25T00:30:00.000Z', isTwice: true }],
    ['Europe/Berlin', '2026-10-25T03:00', { at: '2026-10-25T02:00:00.000Z', isTwice: false }],
    ['America/New_York', '2026-03-08T02:15', null],
    ['America/New_York', '2026-11-01T01:15', { at: '2026-11-01T05:15:00.000Z', isTwice: true }],
    ['Australia/Lord_Howe', '2026-04-05T01:45', { at: '2026-04-04T14:45:00.000Z', isTwice: true }],
    ['Australia/Lord_Howe', '2026-10-04T02:10', null],
    ['Asia/Kathmandu', '2026-10-25T02:30', { at: '2026-10-24T20:45:00.000Z', isTwice: false }],
    ['UTC', 'no time', null],
  ])('%s, %s', (zone, local, moment) => {
    process.env.TZ = zone
    expect(momentOf(local)).toEqual(moment)
  })
})
