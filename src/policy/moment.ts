import type { Day, TimeRange } from '../profile/types.ts'

/** A point in time as a clock on the wall shows it. */
export interface Moment {
  day: Day
  /** Minutes since midnight, 0 to 1,439. */
  minute: number
}

const DAYS: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MIDNIGHT = 1440
// Making one costs far more than using it. A memo, not a state: results do not depend on it.
const formats = new Map<string, Intl.DateTimeFormat>()

/** The day and time that it is in a time zone (IANA name) at a Unix time in ms. UTC for a zone that nobody knows. */
export function momentOf(wall: number, zone: string): Moment {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(wall)
      .map(({ type, value }) => [type, value]),
  )
  const name = (parts.get('weekday') ?? '').toLowerCase()
  return {
    day: DAYS.find((day) => day === name) ?? 'sun',
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}

/** Whether a time of day lies in a range; a range whose end is not later than its start goes past midnight. */
export function isWithin({ from, to }: TimeRange, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to % MIDNIGHT
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = makeFormat(zone) ?? makeFormat('UTC')
  if (made === undefined) throw new Error('no time zones')
  formats.set(zone, made)
  return made
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-US', options)
  } catch {
    return undefined
  }
}
