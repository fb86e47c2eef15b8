// The templates: well-formed, complete, and what they render to can be read.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parse } from 'yaml'
import { renderSetup, renderText, valuesFor } from '../../src/init/render.ts'
import { readTemplates, TEMPLATES_FOLDER } from '../../src/init/read-templates.ts'
import type { ClientTemplate, Setup, TemplateFile } from '../../src/init/template.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { parseDotenv } from '../../src/secrets/dotenv.ts'

const CLIENTS = [
  'aider',
  'anthropic-compatible',
  'claude-code',
  'cline',
  'codex',
  'continue',
  'copilot-cli',
  'cursor',
  'gemini-cli',
  'hermes',
  'ollama-compatible',
  'openai-compatible',
  'openclaw',
  'opencode',
  'openhands',
  'pi',
  'qwen-code',
]
const PROVIDERS = ['harness-fallback', 'lm-studio', 'nvidia-nim', 'ollama']

const templates = readTemplates()
const clients = templates.filter((template): template is ClientTemplate => template.role === 'client')
const setups: [name: string, setup: Setup][] = clients.flatMap((client) => [
  [client.name, client],
  ...client.variants.map((variant): [string, Setup] => [`${client.name}/${variant.name}`, variant]),
])
const VALUES = valuesFor('http://127.0.0.1:8790', { model: 'sage/auto', api_key: 'key', context: 65_536 })

function read(file: TemplateFile): unknown {
  if (file.format === 'json') return JSON.parse(file.content)
  if (file.format === 'env') return parseDotenv(file.content)
  assert.equal(file.format, 'yaml')
  return parse(file.content)
}

/** All strings and numbers inside a value, keys included. */
function leaves(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  return Object.entries(value).flatMap(([key, inner]) => [key, ...leaves(inner)])
}

describe('templates', () => {
  it('are there for every client and provider', () => {
    assert.deepEqual(
      clients.map(({ name }) => name),
      CLIENTS,
    )
    const others = templates.filter(({ role }) => role === 'provider')
    assert.deepEqual(
      others.map(({ name }) => name),
      PROVIDERS,
    )
  })

  it('fit their schema, are named as their folder, and use every file beside them', () => {
    const schema = JSON.parse(readFileSync(join(TEMPLATES_FOLDER, 'template.schema.json'), 'utf8')) as object
    const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema)
    for (const name of [...CLIENTS, ...PROVIDERS]) {
      const text = readFileSync(join(TEMPLATES_FOLDER, name, 'template.yaml'), 'utf8')
      const document = parse(text) as { name: string }
      assert.ok(validate(document), `${name}: ${JSON.stringify(validate.errors, null, 2)}`)
      assert.equal(document.name, name)
      const unused = readdirSync(join(TEMPLATES_FOLDER, name)).filter(
        (file) => file !== 'template.yaml' && !leaves(document).includes(file),
      )
      assert.deepEqual(unused, [], name)
    }
  })

  it('tell every client where sage is, and its model', () => {
    for (const [name, setup] of setups) {
      const client = clients.find((each) => each.name === name)
      const { files, env } = renderSetup(setup, VALUES)
      const said = [...files.map(({ content }) => content), ...Object.values(env), ...(client?.steps ?? [])].join('\n')
      assert.match(said, /127\.0\.0\.1:8790|\{\{base_url\}\}/, name)
      // an SDK takes its model with the request
      if (!name.endsWith('-compatible')) assert.match(said, /sage\/auto|\{\{model\}\}/, name)
    }
  })

  it('give JSON and YAML that can be read, with the context window as a number', () => {
    for (const [name, setup] of setups) {
      for (const file of renderSetup(setup, VALUES).files) {
        if (file.format === 'toml') continue
        const found = leaves(read(file))
        assert.ok(!file.content.includes('{{'), `${name} ${file.path}`)
        if (setup.files.some(({ path, content }) => path === file.path && /[^"]\{\{context\}\}/.test(content))) {
          assert.ok(found.includes(65_536), `${name} ${file.path}`)
        }
      }
    }
  })

  it('carry any key and model through JSON and YAML unharmed', () => {
    const files = setups.flatMap(([, setup]) => setup.files).filter(({ format }) => format === 'json' || format === 'yaml')
    assert.ok(files.length > 10)
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom(...files), (key, file) => {
        const content = renderText(file.content, { ...VALUES, api_key: key }, file.format)
        if (file.content.includes('{{api_key}}')) assert.ok(leaves(read({ ...file, content })).includes(key))
      }),
    )
  })

  it('name the right base URL: with /v1 for OpenAI, without for Anthropic variables', () => {
    for (const [name, { env }] of setups) {
      for (const [variable, value] of Object.entries(env)) {
        if (/^(OPENAI|LLM)_.*URL$/.test(variable)) assert.equal(value, '{{openai_base_url}}', `${name} ${variable}`)
        if (/^ANTHROPIC_.*URL$/.test(variable)) assert.equal(value, '{{base_url}}', `${name} ${variable}`)
      }
    }
  })

  it('refuse a placeholder that has no value', () => {
    assert.throws(() => renderText('{{base_url}} {{toString}}', VALUES), /unknown placeholder \{\{toString\}\}/)
  })

  it('show profiles without mistakes', () => {
    for (const template of templates) {
      if (template.role !== 'provider') continue
      const { profile, diagnostics } = parseProfile(template.profile, `${template.name}.yaml`)
      assert.deepEqual(diagnostics, [], template.name)
      assert.ok(profile !== undefined)
    }
  })
})
