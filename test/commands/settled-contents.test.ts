import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SettledContents } from '../../src/commands/settled-contents.ts'

const READINGS: readonly { name: string; readings: readonly string[]; told: readonly string[] }[] = [
  { name: 'the same as known, read twice', readings: ['old', 'old'], told: ['again', 'same'] },
  { name: 'others, read twice', readings: ['new', 'new'], told: ['again', 'changed'] },
  { name: 'others every time', readings: ['', '0', '01', '012'], told: ['again', 'again', 'again', 'again'] },
  {
    name: 'others until they are whole',
    readings: ['', '0', '01', '01'],
    told: ['again', 'again', 'again', 'changed'],
  },
  { name: 'others, and back', readings: ['', 'old', 'old'], told: ['again', 'again', 'same'] },
  {
    name: 'to and fro: two alike have to follow each other',
    readings: ['a', 'b', 'a', 'b', 'b'],
    told: ['again', 'again', 'again', 'again', 'changed'],
  },
  {
    name: 'told once',
    readings: ['new', 'new', 'new', 'new'],
    told: ['again', 'changed', 'again', 'same'],
  },
  {
    name: 'one change after the other',
    readings: ['new', 'new', 'old', 'old'],
    told: ['again', 'changed', 'again', 'changed'],
  },
]

describe('contents of files that are being written', () => {
  for (const { name, readings, told } of READINGS) {
    it(name, () => {
      const contents = new SettledContents()
      contents.know('old')
      assert.deepEqual(
        readings.map((reading) => contents.read(reading)),
        told,
      )
    })
  }

  it('knows what it is told to know', () => {
    const contents = new SettledContents()
    contents.know('old')
    assert.equal(contents.read('new'), 'again')
    contents.know('new')
    assert.equal(contents.read('new'), 'same')
  })
})
