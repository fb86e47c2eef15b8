import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseWall } from '../../src/explain/wall-time.ts'
import { momentOf } from '../../src/policy/moment.ts'

const BERLIN = 'Europe/Berlin'
const YORK = 'America/New_York'

describe('times that people write', () => {
  const times: [given: string | number, zone: string, time: string][] = [
    ['2026-03-01T22:30:00Z', BERLIN, '2026-03-01T22:30:00.000Z'],
    ['2026-03-01T22:30:00.5z', BERLIN, '2026-03-01T22:30:00.500Z'],
    ['2026-03-01T22:30+05:30', BERLIN, '2026-03-01T17:00:00.000Z'],
    ['2026-03-01 22:30:00 -0800', BERLIN, '2026-03-02T06:30:00.000Z'],
    ['2026-03-01T22:30', 'UTC', '2026-03-01T22:30:00.000Z'],
    ['2026-03-01T22:30', BERLIN, '2026-03-01T21:30:00.000Z'],
    ['2026-07-01T22:30:00', BERLIN, '2026-07-01T20:30:00.000Z'],
    ['2026-03-01', 'Asia/Kolkata', '2026-02-28T18:30:00.000Z'],
    // Clocks jump from 02:00 to 03:00.
    ['2026-03-29T01:59', BERLIN, '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T02:30', BERLIN, '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:00', BERLIN, '2026-03-29T01:00:00.000Z'],
    ['2026-03-08T02:30', YORK, '2026-03-08T07:30:00.000Z'],
    // They show 02:00 to 03:00 twice, in New York 01:00 to 02:00.
    ['2026-10-25T02:30', BERLIN, '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', BERLIN, '2026-10-25T02:00:00.000Z'],
    ['2026-11-01T01:30', YORK, '2026-11-01T05:30:00.000Z'],
    // Half an hour of summer time.
    ['2026-12-24T12:00', 'Australia/Lord_Howe', '2026-12-24T01:00:00.000Z'],
    ['1767225600000', BERLIN, '2026-01-01T00:00:00.000Z'],
    [0, BERLIN, '1970-01-01T00:00:00.000Z'],
    [8.64e15, BERLIN, '+275760-09-13T00:00:00.000Z'],
  ]
  for (const [given, zone, time] of times) {
    it(`${given} in ${zone}`, () => assert.equal(new Date(parseWall(given, zone) ?? NaN).toISOString(), time))
  }

  for (const given of [
    '99999999999999999999',
    9e15,
    'banana 1',
    '24:00',
    '2026-02-30T10:00:00Z',
    '2026-13-01T00:00Z',
    '2026-03-01T24:00Z',
    '2026-03-01T10:61Z',
    '2026-3-1',
    'noon',
    '',
    NaN,
    Infinity,
    1.5,
  ]) {
    it(`${given} is none`, () => assert.equal(parseWall(given, 'UTC'), undefined))
  }

  it('shows on the clocks of the zone what was written', () => {
    assert.deepEqual(momentOf(parseWall('2026-10-25T02:30', BERLIN) ?? 0, BERLIN), { day: 'sun', minute: 150 })
  })
})
