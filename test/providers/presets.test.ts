import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { KINDS } from '../../src/providers/kinds.ts'
import { isLocalUrl } from '../../src/providers/locality.ts'
import { findPreset, PRESETS } from '../../src/providers/presets.ts'

const schema = JSON.parse(readFileSync(new URL('../../schemas/profile.schema.json', import.meta.url), 'utf8')) as {
  $defs: { provider: { properties: { kind: { enum: string[] }; preset: { enum: string[] } } } }
}
const { kind, preset } = schema.$defs.provider.properties

test('the schema knows exactly these kinds and presets', () => {
  assert.deepEqual(Object.keys(KINDS).toSorted(), kind.enum.toSorted())
  assert.deepEqual(Object.keys(PRESETS).toSorted(), preset.enum.toSorted())
})

for (const [name, { baseUrl, keyVariable, docs, title }] of Object.entries(PRESETS)) {
  test(`preset ${name}: a base URL as it is called, a key exactly when it is on the internet`, () => {
    assert.equal(new URL(baseUrl).href, baseUrl)
    assert.match(baseUrl, /\/v1$/)
    assert.equal(isLocalUrl(baseUrl), keyVariable === undefined)
    assert.match(docs, /^https:\/\//)
    assert.notEqual(title, '')
  })
}

for (const [name, spec] of Object.entries(KINDS)) {
  test(`kind ${name} is filed under its name and has a path`, () => {
    assert.equal(spec.kind, name)
    for (const { path } of spec.endpoints) assert.match(path, /^\/.*[^/]$/)
  })
}

test('only names of presets find one', () => {
  assert.equal(findPreset('openai'), PRESETS.openai)
  for (const name of [undefined, '', 'OpenAI', 'constructor', '__proto__']) assert.equal(findPreset(name), undefined)
})
