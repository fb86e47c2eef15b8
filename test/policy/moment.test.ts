import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isWithin, momentOf } from '../../src/policy/moment.ts'

const at = (text: string): number => Date.parse(text)
const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

const moments: { wall: number; zone: string; day: string; time: string }[] = [
  { wall: 0, zone: 'UTC', day: 'thu', time: '00:00' },
  { wall: at('2026-11-21T23:30:00Z'), zone: 'UTC', day: 'sat', time: '23:30' },
  { wall: at('2026-11-21T23:30:00Z'), zone: 'Europe/Berlin', day: 'sun', time: '00:30' },
  { wall: at('2026-07-21T23:30:00Z'), zone: 'Europe/Berlin', day: 'wed', time: '01:30' },
  { wall: at('2026-11-21T03:00:00Z'), zone: 'America/New_York', day: 'fri', time: '22:00' },
  { wall: at('2026-11-21T03:00:00Z'), zone: 'Asia/Kolkata', day: 'sat', time: '08:30' },
  { wall: at('2026-11-21T03:00:00Z'), zone: 'Nowhere/At_All', day: 'sat', time: '03:00' },
]

const ranges: { range: string; inside: string[]; outside: string[] }[] = [
  { range: '09:00-17:00', inside: ['09:00', '16:59'], outside: ['08:59', '17:00', '00:00'] },
  { range: '22:00-06:00', inside: ['22:00', '23:59', '00:00', '05:59'], outside: ['06:00', '21:59'] },
  { range: '18:00-24:00', inside: ['18:00', '23:59'], outside: ['00:00', '17:59'] },
  { range: '08:00-08:00', inside: ['08:00', '07:59', '00:00'], outside: [] },
  { range: '00:00-24:00', inside: ['00:00', '23:59'], outside: [] },
  { range: '22:00-00:00', inside: ['22:00', '23:59'], outside: ['00:00', '21:59'] },
]

describe('moment', () => {
  for (const { wall, zone, day, time } of moments) {
    it(`${new Date(wall).toISOString()} is ${day} ${time} in ${zone}`, () => {
      assert.deepEqual(momentOf(wall, zone), { day, minute: clock(time) })
    })
  }

  for (const { range, inside, outside } of ranges) {
    it(`${range} has ${inside.join(', ')} in it, and not ${outside.join(', ')}`, () => {
      const [from = '', to = ''] = range.split('-')
      const within = (time: string): boolean => isWithin({ from: clock(from), to: clock(to) }, clock(time))
      assert.deepEqual([inside.filter(within), outside.filter(within)], [inside, []])
    })
  }
})
