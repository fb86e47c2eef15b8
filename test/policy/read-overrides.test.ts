import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BadRequest } from '../../src/dialects/types.ts'
import { readAsked } from '../../src/policy/read-overrides.ts'
import type { Overrides } from '../../src/policy/types.ts'

const understood: { headers?: Record<string, string>; sage?: unknown; overrides?: Overrides; tags?: string[] }[] = [
  {},
  { headers: { 'x-sage-unheard-of': '1', 'user-agent': 'x' } },
  { headers: { 'x-sage-policy': 'fast' }, overrides: { policy: 'fast' } },
  { headers: { 'x-sage-policy': 'sage/fast' }, overrides: { policy: 'fast' } },
  { headers: { 'x-sage-local': 'true' }, overrides: { local: true } },
  { headers: { 'x-sage-local': 'false' } },
  { headers: { 'x-sage-max-price': '5' }, overrides: { maxPrice: { input: 5, output: 5 } } },
  { headers: { 'x-sage-max-price': '0.5/2' }, overrides: { maxPrice: { input: 0.5, output: 2 } } },
  { headers: { 'x-sage-max-price': 'cheap' }, overrides: { maxPrice: 'cheap' } },
  { headers: { 'x-sage-require': 'tools, Vision' }, overrides: { capabilities: ['tools', 'vision'] } },
  { headers: { 'x-sage-deny': 'openai/*,tag:dear' }, overrides: { deny: ['openai/*', 'tag:dear'] } },
  { headers: { 'x-sage-max-attempts': '2' }, overrides: { maxAttempts: 2 } },
  { headers: { 'x-sage-tags': 'batch, night' }, tags: ['batch', 'night'] },
  { sage: { local: true, tags: ['batch'] }, overrides: { local: true }, tags: ['batch'] },
  {
    sage: { max_price: { output: 3 }, require: ['json'] },
    overrides: { maxPrice: { output: 3 }, capabilities: ['json'] },
  },
  { sage: { max_price: 2, max_attempts: 1 }, overrides: { maxPrice: { input: 2, output: 2 }, maxAttempts: 1 } },
  {
    headers: { 'x-sage-max-price': '1/9', 'x-sage-max-attempts': '3', 'x-sage-deny': 'a/*' },
    sage: { max_price: '4', max_attempts: 5, deny: 'b/*' },
    overrides: { maxPrice: { input: 1, output: 4 }, maxAttempts: 3, deny: ['a/*', 'b/*'] },
  },
]

const refused: { headers?: Record<string, string>; sage?: unknown; names: string }[] = [
  { headers: { 'x-sage-policy': ' ' }, names: 'x-sage-policy' },
  { headers: { 'x-sage-local': 'yes please' }, names: 'x-sage-local' },
  { headers: { 'x-sage-max-price': '-1' }, names: 'x-sage-max-price' },
  { headers: { 'x-sage-max-price': '1/2/3' }, names: 'x-sage-max-price' },
  { headers: { 'x-sage-max-price': '/2' }, names: 'x-sage-max-price' },
  { headers: { 'x-sage-max-price': 'NaN' }, names: 'x-sage-max-price' },
  { headers: { 'x-sage-require': 'tools,flying' }, names: 'x-sage-require' },
  { headers: { 'x-sage-deny': 'a/*,,b/*' }, names: 'x-sage-deny' },
  { headers: { 'x-sage-max-attempts': '0' }, names: 'x-sage-max-attempts' },
  { headers: { 'x-sage-max-attempts': '1.5' }, names: 'x-sage-max-attempts' },
  { headers: { 'x-sage-tags': '' }, names: 'x-sage-tags' },
  { sage: 'local', names: 'sage' },
  { sage: { locale: true }, names: 'sage.locale' },
  { sage: { local: 1 }, names: 'sage.local' },
  { sage: { max_price: {} }, names: 'sage.max_price' },
  { sage: { max_price: { input: 'x' } }, names: 'sage.max_price' },
  { sage: { max_price: { inputs: 1 } }, names: 'sage.max_price' },
  { sage: { deny: [1] }, names: 'sage.deny' },
  { headers: { 'x-sage-policy': 'a' }, sage: { policy: 'b' }, names: 'x-sage-policy' },
  { headers: { 'x-sage-max-price': '1' }, sage: { max_price: 'cheap' }, names: 'x-sage-max-price' },
]

describe('what a request asks of sage', () => {
  for (const { headers = {}, sage, overrides, tags = [] } of understood) {
    it(`understands ${JSON.stringify({ ...headers, sage })}`, () => {
      assert.deepEqual(readAsked(headers, { sage }), { tags, ...(overrides && { overrides }) })
    })
  }

  for (const { headers = {}, sage, names } of refused) {
    it(`refuses ${JSON.stringify({ ...headers, sage })}, naming ${names}`, () => {
      assert.throws(
        () => readAsked(headers, { sage }),
        (error) => error instanceof BadRequest && error.param === names && error.message.startsWith(names),
      )
    })
  }

  it('takes tags from metadata, and leaves metadata of another kind alone', () => {
    assert.deepEqual(readAsked({}, { metadata: { tags: 'a,b' } }).tags, ['a', 'b'])
    assert.deepEqual(readAsked({ 'x-sage-tags': 'a' }, { metadata: { tags: ['b', 'a'] } }).tags, ['a', 'b'])
    for (const metadata of [null, 'x', [], { tags: 7 }, { tags: 'two words' }]) {
      assert.deepEqual(readAsked({}, { metadata }), { tags: [] })
    }
  })
})
