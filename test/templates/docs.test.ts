// docs/integrations/ is what the templates give. UPDATE_SNAPSHOTS=1 writes it anew.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { generateDocs, readResults } from '../../scripts/generate-docs.ts'
import { readTemplates } from '../../src/init/read-templates.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const FOLDER = 'docs/integrations'
/** Lines of a page; more is not read. */
const MAX_LINES = 60

const pages = generateDocs()

describe('docs/integrations', () => {
  it('is what the templates give: UPDATE_SNAPSHOTS=1 npm test -- templates', () => {
    for (const [path, content] of Object.entries(pages)) {
      const file = join(ROOT, path)
      if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(file, content)
      assert.equal(existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '', content, path)
    }
  })

  it('has no other page', () => {
    const found = readdirSync(join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`)
    assert.deepEqual(found.sort(), Object.keys(pages).sort())
  })

  it('has short pages that say how they were checked and leave no placeholder', () => {
    for (const [path, content] of Object.entries(pages)) {
      assert.ok(!content.includes('{{'), path)
      if (path.endsWith('README.md')) continue
      assert.ok(content.split('\n').length - 1 <= MAX_LINES, `${path}: ${content.split('\n').length - 1} lines`)
      assert.match(content, /^Checked: (?:version .* was run against sage|follows .* documentation)/m, path)
    }
  })

  it('links only to pages that are there', () => {
    for (const [path, content] of Object.entries(pages)) {
      for (const [, target = ''] of content.matchAll(/\]\((?!https:)([^)]+)\)/g)) {
        assert.ok(existsSync(join(ROOT, FOLDER, target)), `${path}: ${target}`)
      }
    }
  })

  it('says "was run" of no client that did not pass', () => {
    const passed = readResults().filter(({ result }) => result === 'passed')
    const said = readTemplates().flatMap(({ name, checked }) => (checked.how === 'run' ? [{ name, ...checked }] : []))
    assert.ok(said.length > 0)
    for (const { name, version } of said) {
      const run = passed.find(({ template, version: ran }) => template === name && version === ran)
      assert.ok(run !== undefined, `${name} ${version}`)
    }
  })
})
