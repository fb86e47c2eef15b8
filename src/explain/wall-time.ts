/** The last time that a date can hold, in ms before and after 1970. */
const LAST = 8.64e15
const DAY_MS = 86_400_000
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/**
 * Unix time in ms that an ISO 8601 date says, or that many ms as a number or in digits; undefined for anything else.
 * Without an offset it is the time of clocks in the zone (IANA name). Where they are put back it is the first of the
 * two, where they are put forward the time as much later.
 */
export function parseWall(given: string | number, zone: string): number | undefined {
  const text = String(given).trim()
  if (/^-?\d+$/.test(text)) return Math.abs(Number(text)) <= LAST ? Number(text) : undefined
  const parts = ISO.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const shown = Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[7] ?? '').padEnd(3, '0')))
  // What does not come back as it was is no date, such as 30 February.
  const back = new Date(shown)
  const isDate = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCFullYear() === year
  if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined
  const offset = parts[8]
  return offset === undefined ? onClocks(shown, zone) : shown - offsetOf(offset)
}

function offsetOf(text: string): number {
  if (text.toUpperCase() === 'Z') return 0
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

/** The time at which clocks in the zone show what clocks in UTC show at another. */
function onClocks(shown: number, zone: string): number {
  const before = shown - ahead(shown - DAY_MS, zone)
  const after = shown - ahead(shown + DAY_MS, zone)
  return after + ahead(after, zone) === shown && before + ahead(before, zone) !== shown ? after : before
}

/** How far clocks in the zone are ahead of UTC, in ms. */
function ahead(time: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown - Math.floor(time / 1000) * 1000
}
