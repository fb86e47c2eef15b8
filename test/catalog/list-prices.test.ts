import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { generateCatalog } from '../../scripts/generate-catalog.ts'
import { LIST_PRICES, LIST_PRICES_SOURCE } from '../../src/catalog/data/list-prices.generated.ts'
import { PRICES } from '../../src/catalog/data/prices.ts'
import { knownFacts } from '../../src/catalog/known-models.ts'

const ROOT = join(import.meta.dirname, '..', '..')

describe('list prices', () => {
  it('are what the package gives: run `npm run generate:catalog`', () => {
    for (const [path, content] of Object.entries(generateCatalog())) {
      assert.equal(readFileSync(join(ROOT, path), 'utf8'), content, path)
    }
  })

  it('say where they are from, and of what day', () => {
    assert.match(LIST_PRICES_SOURCE.name, /genai-prices/)
    assert.match(LIST_PRICES_SOURCE.date, /^\d{4}-\d{2}-\d{2}$/)
  })

  it('have each name once, and prices that are prices', () => {
    for (const [preset, rows] of Object.entries(LIST_PRICES)) {
      assert.ok(rows.length > 0, preset)
      assert.equal(new Set(rows.map(([name]) => name)).size, rows.length, preset)
      for (const [name, input, output, cacheRead, context] of rows) {
        assert.ok(input >= 0 && output >= 0 && (cacheRead === null || cacheRead <= input), name)
        assert.ok(context === null || context > 1000, name)
      }
    }
  })

  const cases: { id: string; where: string; price: unknown }[] = [
    { id: 'gpt-4o', where: 'openai', price: { input: 2.5, output: 10, cache_read: 1.25 } },
    { id: 'gpt-4o-2024-11-20', where: 'openai', price: { input: 2.5, output: 10, cache_read: 1.25 } },
    { id: 'gpt-4o-2024-05-13', where: 'openai', price: { input: 5, output: 15 } },
    { id: 'claude-haiku-4-5-20251001', where: 'anthropic', price: { input: 1, output: 5, cache_read: 0.1 } },
    { id: 'gemini-2.5-flash', where: 'gemini', price: { input: 0.3, output: 2.5, cache_read: 0.03 } },
    { id: 'gpt-4o', where: 'groq', price: undefined },
    { id: 'gpt-5.4-something-new', where: 'openai', price: undefined },
    { id: 'constructor', where: 'openai', price: undefined },
    { id: 'gpt-4o', where: 'constructor', price: undefined },
  ]
  for (const { id, where, price } of cases) {
    it(`${id} at ${where}`, () => assert.deepEqual(knownFacts(id, where)?.price, price))
  }

  it('give way to the table kept by hand', () => {
    for (const [preset, rows] of Object.entries(PRICES)) {
      for (const [id, input, output] of rows) {
        const { cache_read, ...price } = knownFacts(id, preset)?.price ?? {}
        assert.deepEqual(price, { input, output }, `${preset}/${id}`)
        assert.ok(cache_read === undefined || cache_read <= input)
      }
    }
  })

  it('tell the window of a model of no known family', () => {
    assert.equal(knownFacts('gpt-3.5-turbo', 'openai')?.context, 16_385)
    assert.equal(knownFacts('gpt-3.5-turbo'), undefined)
  })
})
