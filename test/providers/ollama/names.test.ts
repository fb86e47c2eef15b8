import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isCloudModel, toCloudName, toHostedName } from '../../../src/providers/ollama/names.ts'

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

describe('the two spellings of a cloud model', () => {
  const spellings: [hosted: string, own: string][] = [
    ['gpt-oss:120b', 'gpt-oss:120b-cloud'],
    ['kimi-k2.6', 'kimi-k2.6:cloud'],
    ['someone/model', 'someone/model:cloud'],
    ['registry:5000/someone/model:1b', 'registry:5000/someone/model:1b-cloud'],
  ]
  for (const [hosted, own] of spellings) {
    it(`are ${hosted} and ${own}`, () => {
      assert.deepEqual([toCloudName(hosted), toHostedName(own)], [own, hosted])
      assert.deepEqual([toCloudName(own), toHostedName(hosted)], [own, hosted])
    })
  }

  it('has a third one, older', () => assert.equal(toHostedName('qwen3-coder:480b:cloud'), 'qwen3-coder:480b'))
})
