import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { begin, Seam } from '../../src/gateway/seam.ts'
import { runsOf } from '../helpers/runs.ts'

/** What the client reads in the end. */
function join(had: string, pieces: readonly string[], isEchoing: boolean): string {
  const seam = new Seam(begin(had), isEchoing)
  return had + pieces.map((piece) => seam.push(piece)).join('') + seam.end()
}

describe('begin', () => {
  const cases: [what: string, text: string, prefill: string, overhang: string][] = [
    ['a text as it is', 'One two', 'One two', ''],
    ['white space at the end', 'One. \n\n', 'One.', ' \n\n'],
    ['half a character', 'One \ud83d', 'One', ' \ud83d'],
    ['white space alone', ' \n', '', ' \n'],
    ['a whole character', 'One 😀', 'One 😀', ''],
  ]
  for (const [what, text, prefill, overhang] of cases) {
    test(what, () => assert.deepEqual(begin(text), { prefill, overhang }))
  }
})

describe('Seam', () => {
  const cases: [what: string, had: string, pieces: string[], isEchoing: boolean, read: string][] = [
    ['goes on', 'One ', ['two'], false, 'One two'],
    ['has the white space once', 'One\n\n', ['\n', '\nTwo'], false, 'One\n\nTwo'],
    ['keeps white space that differs', 'One ', ['\n\nTwo'], false, 'One \n\nTwo'],
    ['keeps more white space', 'One\n', ['\n\nTwo'], false, 'One\n\nTwo'],
    ['has a split character once', 'a \ud83d', [' \ud83d\ude00!'], false, 'a 😀!'],
    ['leaves an echo out', 'One two', ['One', ' two three'], true, 'One two three'],
    ['leaves an echo and the white space out', 'One ', ['One', ' ', 'two'], true, 'One two'],
    ['takes no echo for one that was not told of', 'ha', ['ha ha'], false, 'haha ha'],
    ['goes on without the echo that was expected', 'One ', [' t', 'wo'], true, 'One two'],
    ['goes on with the beginning of the text', 'One two', [' On', 'e'], true, 'One two One'],
    ['gives back what was no echo in the end', 'One two', ['On'], true, 'One twoOn'],
    ['ends where it was', 'One\n', ['\n'], false, 'One\n'],
    ['ends behind an echo', 'One\n', ['One'], true, 'One\n'],
  ]
  for (const [what, had, pieces, isEchoing, read] of cases) {
    test(what, () => assert.equal(join(had, pieces, isEchoing), read))
  }

  test('any text, parted anywhere, is itself again', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '\n', '😀', '\u00a0')
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 30 }).map((units) => units.join('')),
        fc.nat(60),
        fc.array(fc.nat(60), { maxLength: 8 }),
        fc.boolean(),
        (text, at, places, isEchoing) => {
          const had = text.slice(0, at)
          const rest = isEchoing ? text : text.slice(begin(had).prefill.length)
          const ends = [0, ...places.map((place) => place % (rest.length + 1)).sort((a, b) => a - b), rest.length]
          const pieces = ends.slice(1).map((end, n) => rest.slice(ends[n], end))
          assert.equal(join(had, pieces, isEchoing), text)
        },
      ),
      runsOf('seam', 1000, 20_000),
    )
  })
})
