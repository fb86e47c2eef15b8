import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  askedModel,
  findListed,
  psBody,
  pullSteps,
  showBody,
  tagsBody,
  versionBody,
} from '../../../src/dialects/ollama-chat/index.ts'
import { CREATED } from './support.ts'

const AUTO = { id: 'sage/auto', context: 200_000, capabilities: ['tools', 'vision'], owner: 'sage' }
const LATEST = { id: 'ollama/llama3.2:latest' }
const DETAILS = {
  parent_model: '',
  format: '',
  family: 'sage',
  families: ['sage'],
  parameter_size: '',
  quantization_level: '',
}
/** printf sage/auto | sha256sum */
const DIGEST = '0fe23d334e4712721e7a8c204d0e69bbd309d5880d7da6336a64e6efe4d618f8'

describe('what is told of models', () => {
  it('as a list', () => {
    const { models } = tagsBody([AUTO, LATEST]) as { models: unknown[] }
    assert.deepEqual(models[0], {
      name: 'sage/auto',
      model: 'sage/auto',
      size: 0,
      digest: DIGEST,
      modified_at: '1970-01-01T00:00:00Z',
      details: { ...DETAILS, context_length: 200_000 },
      capabilities: ['completion', 'tools', 'vision'],
    })
    assert.deepEqual(
      models.map((model) => [(model as { name: string }).name, (model as { capabilities: string[] }).capabilities]),
      [
        ['sage/auto', ['completion', 'tools', 'vision']],
        ['ollama/llama3.2:latest', ['completion']],
      ],
    )
  })

  it('as running ones', () => {
    assert.deepEqual(psBody([AUTO], CREATED), {
      models: [
        {
          name: 'sage/auto',
          model: 'sage/auto',
          size: 0,
          digest: DIGEST,
          details: DETAILS,
          expires_at: '2026-01-01T00:00:00.000Z',
          size_vram: 0,
          context_length: 200_000,
        },
      ],
    })
  })

  it('one by one', () => {
    assert.deepEqual(showBody(AUTO), {
      license: '',
      modelfile: 'FROM sage/auto\nPARAMETER num_ctx 200000\n',
      parameters: 'num_ctx 200000',
      template: '{{ .Prompt }}',
      details: DETAILS,
      model_info: {
        'general.architecture': 'sage',
        'general.basename': 'sage/auto',
        'general.organization': 'sage',
        'sage.context_length': 200_000,
      },
      capabilities: ['completion', 'tools', 'vision'],
      modified_at: '1970-01-01T00:00:00Z',
    })
  })

  it('says nothing that is not known', () => {
    const { parameters, modelfile, model_info: info } = showBody(LATEST)
    assert.deepEqual([parameters, modelfile], ['', 'FROM ollama/llama3.2:latest\n'])
    assert.deepEqual(info, { 'general.architecture': 'sage', 'general.basename': 'ollama/llama3.2:latest' })
  })

  it('names completion once', () => {
    assert.deepEqual(showBody({ id: 'x', capabilities: ['tools', 'completion'] })['capabilities'], [
      'completion',
      'tools',
    ])
  })
})

describe('the version', () => {
  const demands: [client: string, version: string][] = [
    ['VS Code', '0.6.4'],
    ['Codex', '0.13.4'],
    ['clients of /v1/messages', '0.14.0'],
  ]
  const version = String(versionBody()['version'])
  it('is numbers only', () => assert.match(version, /^\d+\.\d+\.\d+$/))
  for (const [client, least] of demands) {
    it(`is enough for ${client}`, () => {
      assert.ok(version.localeCompare(least, 'en', { numeric: true }) >= 0)
    })
  }
})

describe('a pull', () => {
  it('of a listed model succeeds at its end', () => {
    const steps = pullSteps(AUTO)
    assert.deepEqual(steps.at(-1), { status: 'success' })
    assert.ok(steps.every((step) => typeof step['status'] === 'string'))
  })
  it('of another one fails', () => {
    assert.deepEqual(pullSteps(undefined).at(-1), { error: 'pull model manifest: file does not exist' })
  })
})

describe('a model is found', () => {
  const models = [{ id: 'ollama/auto' }, AUTO, LATEST, { id: 'gpt-oss:20b' }]
  const table: [asked: string, found: string | undefined][] = [
    ['sage/auto', 'sage/auto'],
    ['sage/auto:latest', 'sage/auto'],
    ['ollama/llama3.2', 'ollama/llama3.2:latest'],
    ['ollama/llama3.2:latest', 'ollama/llama3.2:latest'],
    ['llama3.2', 'ollama/llama3.2:latest'],
    ['auto', 'ollama/auto'],
    ['gpt-oss:20b', 'gpt-oss:20b'],
    ['gpt-oss', undefined],
    ['uto', undefined],
    ['', undefined],
    [':latest', undefined],
  ]
  for (const [asked, found] of table) {
    it(`by ${asked || 'nothing'}`, () => assert.equal(findListed(models, asked)?.id, found))
  }

  it('under either field name', () => {
    assert.deepEqual(
      [askedModel({ model: 'a', name: 'b' }), askedModel({ name: 'b' }), askedModel({ model: 7 }), askedModel({})],
      ['a', 'b', '', ''],
    )
  })
})
