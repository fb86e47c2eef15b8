// Settings put into files that have others: what was there stays, and a second time changes nothing.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { parseJsonc, toData } from '../../src/init/merge/jsonc.ts'
import { mergeText } from '../../src/init/merge/merge.ts'
import { mergeData } from '../../src/init/merge/same.ts'
import type { FileFormat } from '../../src/init/template.ts'

interface Row {
  name: string
  format: FileFormat
  before: string
  wanted: string
  after: string
}

const ROWS: Row[] = [
  {
    name: 'JSON with comments and a trailing comma',
    format: 'json',
    before: '{\n    // my editor\n    "theme": "dark", // not light\n    "env": {\n        "A": "1",\n    },\n}\n',
    wanted: '{"env":{"A":"2","B":"3"}}',
    after:
      '{\n    // my editor\n    "theme": "dark", // not light\n    "env": {\n        "A": "2",\n        "B": "3"\n    },\n}\n',
  },
  {
    name: 'JSON without what is wanted',
    format: 'json',
    before: '{\n  "a": [1, 2],\n  "b": {}\n}\n',
    wanted: '{"b":{"c":{"d":1}},"e":true}',
    after: '{\n  "a": [1, 2],\n  "b": {\n    "c": {\n      "d": 1\n    }\n  },\n  "e": true\n}\n',
  },
  {
    name: 'a list of models',
    format: 'json',
    before: '{"models":[{"id":"a","x":1}]}',
    wanted: '{"models":[{"id":"a","x":2},{"id":"b"}]}',
    after: '{"models":[{"id":"a","x":2}, {\n    "id": "b"\n  }]}',
  },
  {
    name: 'YAML with comments and order',
    format: 'yaml',
    before: '# mine\nz: 1 # last first\nmodels:\n  - name: own\n    model: x\n\n# the end\n',
    wanted: 'models:\n  - name: sage\n    model: "sage/auto"\na: "b"\n',
    after:
      '# mine\nz: 1 # last first\nmodels:\n  - name: own\n    model: x\n  - name: sage\n    model: sage/auto\na: b\n\n# the end\n',
  },
  {
    name: 'a YAML value that is another',
    format: 'yaml',
    before: 'model:\n  default: x # why\n  other: [a,  b]\n',
    wanted: 'model:\n  default: "sage/auto"\n',
    after: 'model:\n  default: "sage/auto" # why\n  other: [a,  b]\n',
  },
  {
    name: 'TOML with tables',
    format: 'toml',
    before: '# mine\nnotify = true\n[tui]\nx = 1\n',
    wanted: 'model = "m"\n\n[model_providers.sage]\nname = "sage"\n',
    after:
      '# >>> sage: written by `sage init`\nmodel = "m"\n# <<< sage\n\n# mine\nnotify = true\n[tui]\nx = 1\n\n' +
      '# >>> sage: written by `sage init`\n[model_providers.sage]\nname = "sage"\n# <<< sage\n',
  },
  {
    name: 'variables',
    format: 'env',
    before: '# keys\nA=1\nexport B="2"\n',
    wanted: 'B="3"\nC="4"\n',
    after: '# keys\nA=1\nB="3"\nC="4"\n',
  },
  {
    name: 'line ends of Windows',
    format: 'json',
    before: '{\r\n  "a": 1\r\n}\r\n',
    wanted: '{"b":2}',
    after: '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n',
  },
]

const REFUSED: [name: string, format: FileFormat, before: string, wanted: string][] = [
  ['JSON5', 'json', "{ a: 'x' }", '{"b":1}'],
  ['a JSON list', 'json', '[]', '{"b":1}'],
  ['JSON with a key twice', 'json', '{"a":1,"a":2}', '{"a":3}'],
  ['broken YAML', 'yaml', 'a: [\n', 'b: 1\n'],
  ['a YAML list', 'yaml', '- a\n', 'b: 1\n'],
  ['TOML that sets the key', 'toml', 'model = "own"\n', 'model = "m"\n'],
  [
    'TOML that has the table',
    'toml',
    '[model_providers.sage]\nname = "x"\n',
    '[model_providers.sage]\nname = "sage"\n',
  ],
]

describe('merging', () => {
  for (const { name, format, before, wanted, after } of ROWS) {
    it(`keeps what was there: ${name}`, () => {
      assert.deepEqual(mergeText(format, before, wanted), { text: after })
      assert.deepEqual(mergeText(format, after, wanted), { text: after })
    })
  }

  for (const [name, format, before, wanted] of REFUSED) {
    it(`refuses ${name}`, () => {
      assert.ok((mergeText(format, before, wanted).refused ?? '') !== '')
    })
  }

  it('writes an empty file whole', () => {
    assert.deepEqual(mergeText('yaml', '', 'a: 1\n'), { text: 'a: 1\n' })
    assert.deepEqual(mergeText('yaml', '# only this\n', 'a: 1\n'), { text: '# only this\na: 1\n' })
    assert.deepEqual(mergeText('json', '', '{}\n'), { text: '{}\n' })
  })

  it('replaces its own block in TOML when the values change', () => {
    const first = mergeText('toml', 'x = 1\n', 'model = "a"\n').text ?? ''
    const second = mergeText('toml', first, 'model = "b"\n').text ?? ''
    assert.equal(second, first.replace('"a"', '"b"'))
  })

  it('does not take the text of a TOML string for keys', () => {
    const before = 'note = """\nmodel = "own"\n[model_providers.sage]\n"""\n'
    assert.match(mergeText('toml', before, 'model = "m"\n').text ?? '', /^# >>> sage/)
  })

  const key = fc.constantFrom('a', 'b', 'id', 'name', 'c d', 'é', '1', 'on')
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  const object = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true })

  it('gives what merging the data gives, for any JSON', () => {
    fc.assert(
      fc.property(object, object, fc.constantFrom(0, 2, 4), (old, wanted, indent) => {
        const { text = '' } = mergeText('json', JSON.stringify(old, null, indent), JSON.stringify(wanted))
        const node = parseJsonc(text)
        assert.ok(node !== undefined)
        assert.deepEqual(toData(node), mergeData(old, wanted))
        assert.equal(mergeText('json', text, JSON.stringify(wanted)).text, text)
      }),
    )
  })

  it('gives what merging the data gives, for any YAML, or refuses', () => {
    let merged = 0
    fc.assert(
      fc.property(object, object, (old, wanted) => {
        const { text } = mergeText('yaml', stringify(old), stringify(wanted))
        if (text === undefined) return
        merged++
        assert.deepEqual(parse(text) ?? {}, mergeData(old, wanted))
        assert.equal(mergeText('yaml', text, stringify(wanted)).text, text)
      }),
    )
    assert.ok(merged > 50)
  })
})
