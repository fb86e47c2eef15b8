import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isChatModelId } from '../../src/catalog/chat-model.ts'

const OTHER = [
  'text-embedding-3-large',
  'nomic-embed-text:latest',
  'mxbai-embed-large',
  'bge-m3',
  'BAAI/bge-reranker-v2-m3',
  'all-minilm:33m',
  'whisper-large-v3-turbo',
  'gpt-4o-mini-tts',
  'gpt-4o-transcribe',
  'gpt-4o-realtime-preview',
  'gpt-image-1',
  'dall-e-3',
  'imagen-4.0-generate',
  'gemini-2.5-flash-image',
  'black-forest-labs/flux-1.1-pro',
  'stable-diffusion-3.5',
  'omni-moderation-latest',
  'llama-guard3:8b',
  'openai/gpt-oss-safeguard-20b',
  'mistral-ocr-latest',
  'voxtral-mini-2602',
  'veo-3.1',
  'sora-2',
]

const CHAT = [
  'gemini-2.5-flash',
  'gpt-4o',
  'ministral-3b-latest',
  'reimagined-7b',
  'embedded-coder:7b',
  'elite-78b',
  'llama3.2-vision',
  'qwen3-vl:8b',
  'command-r',
  '',
]

test('models that do something else are told by whole words of their names', () => {
  for (const id of OTHER) assert.equal(isChatModelId(id), false, id)
  for (const id of CHAT) assert.equal(isChatModelId(id), true, id)
})

test('OpenAI serves some models on its Responses API only; the same name elsewhere is a chat model', () => {
  for (const id of ['o1-pro', 'gpt-5-pro', 'gpt-5.4-pro-2026-03-05', 'gpt-5.3-codex', 'o4-mini-deep-research']) {
    assert.equal(isChatModelId(id, 'openai'), false, id)
    assert.equal(isChatModelId(id, 'openrouter'), true, id)
  }
  for (const id of ['gpt-5', 'gpt-5.4-mini', 'o3', 'gpt-5-prose']) assert.equal(isChatModelId(id, 'openai'), true, id)
})
