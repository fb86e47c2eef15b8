import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isCloudModel } from '../../../src/providers/ollama/names.ts'

describe('cloud names', () => {
  const yes = ['gpt-oss:120b-cloud', 'kimi-k2.6:cloud', 'qwen3-coder:480b:cloud', 'someone/x:1b-cloud', 'GLM-5:Cloud']
  for (const name of yes) it(`${name} is one`, () => assert.equal(isCloudModel(name), true))

  const no = [
    'gpt-oss-cloud',
    'gpt-oss:120b',
    'cloud',
    'cloud:8b',
    'x:cloudy',
    'x:8b_cloud',
    'x:local',
    'host:80/x-cloud',
    '',
    ':',
  ]
  for (const name of no) it(`${JSON.stringify(name)} is not`, () => assert.equal(isCloudModel(name), false))
})
