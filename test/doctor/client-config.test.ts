import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readBaseUrls } from '../../src/doctor/client-config.ts'
import type { ClientFile } from '../../src/doctor/data/clients.ts'
import { CLIENTS } from '../../src/doctor/data/clients.ts'

const TOML: Pick<ClientFile, 'format' | 'keys'> = { format: 'toml', keys: ['model_providers', '*', 'base_url'] }
const JSON5: Pick<ClientFile, 'format' | 'keys'> = { format: 'json', keys: ['a', 'url'] }

const ROWS: [name: string, text: string, file: Pick<ClientFile, 'format' | 'keys'>, urls: string[] | undefined][] = [
  ['a table', '[model_providers.sage]\nbase_url = "http://a/v1" # mine\n', TOML, ['http://a/v1']],
  ['quoted names', "[model_providers.'my sage']\n\"base_url\" = 'http://a'\n", TOML, ['http://a']],
  [
    'several tables',
    '[model_providers.a]\nbase_url="1"\n[other]\nbase_url="2"\n[model_providers.b]\r\nbase_url="3"\r\n',
    TOML,
    ['1', '3'],
  ],
  ['nothing that matters', '[[x]]\ny = [1,\n2]\n', TOML, []],
  ['comments and commas', '{ /* a */ "a": { "url": "http://x//y", }, // end\n}', JSON5, ['http://x//y']],
  ['another shape', '{"a": ["url"]}', JSON5, []],
  ['an empty file', '', JSON5, []],
  ['broken syntax', '{"a": {', JSON5, undefined],
  ['a list', 'models:\n  - apiBase: u\n  - name: x\n', { format: 'yaml', keys: ['models', '*', 'apiBase'] }, ['u']],
]

describe('readBaseUrls', () => {
  for (const [name, text, file, urls] of ROWS) {
    it(`reads ${name}`, () => assert.deepEqual(readBaseUrls(text, { path: 'x', ...file }), urls))
  }

  it('takes any text without an exception, and gives texts only', () => {
    const files = CLIENTS.flatMap((client) => client.files)
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.oneof(fc.string(), fc.json()), (file, text) => {
        for (const url of readBaseUrls(text, file) ?? []) assert.equal(typeof url, 'string')
      }),
    )
  })
})
