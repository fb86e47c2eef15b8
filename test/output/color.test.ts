import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { colorLevel, painter } from '../../src/output/color.ts'

const CASES: [name: string, flag: boolean | undefined, env: Record<string, string>, depth: number, level: number][] = [
  ['a pipe', undefined, {}, 1, 0],
  ['a terminal with 16 colours', undefined, {}, 4, 1],
  ['a terminal with 256 colours', undefined, {}, 8, 2],
  ['a terminal with all colours', undefined, {}, 24, 3],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, 24, 0],
  ['an empty NO_COLOR, which is none', undefined, { NO_COLOR: '' }, 24, 3],
  ['FORCE_COLOR in a pipe', undefined, { FORCE_COLOR: '' }, 1, 1],
  ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, 24, 0],
  ['FORCE_COLOR=3', undefined, { FORCE_COLOR: '3' }, 1, 3],
  ['NO_COLOR over FORCE_COLOR', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, 24, 0],
  ['--color over NO_COLOR', true, { NO_COLOR: '1' }, 1, 1],
  ['--color on a terminal', true, {}, 24, 3],
  ['--no-color over FORCE_COLOR', false, { FORCE_COLOR: '1' }, 24, 0],
]

describe('colorLevel', () => {
  for (const [name, flag, env, depth, level] of CASES) {
    it(`is ${level} for ${name}`, () => assert.equal(colorLevel({ flag, env, depth }), level))
  }

  it('is what the painter keeps to', () => {
    assert.equal(painter(0).red('x'), 'x')
    assert.equal(painter(1).red('x'), '\u001b[31mx\u001b[39m')
  })
})
