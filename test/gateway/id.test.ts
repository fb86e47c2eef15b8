import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '../../src/gateway/id.ts'

const CASES: [numbers: number[], id: string][] = [
  [[0, 0], '0000000000000000'],
  [[1 / 2 ** 32, 0], '0000000100000000'],
  [[0.5, 0.25], '8000000040000000'],
  [[1 - 2 ** -53, 1 - 2 ** -53], 'ffffffffffffffff'],
]
for (const [numbers, id] of CASES) {
  test(`id: ${numbers.join(', ')}`, () => {
    const left = [...numbers]
    assert.equal(
      newId(() => left.shift() ?? 0),
      id,
    )
  })
}

test('id: always 16 hexadecimal digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
      assert.match(
        newId(() => chance),
        /^[0-9a-f]{16}$/,
      )
    }),
  )
})
