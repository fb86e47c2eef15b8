// The SDKs that agents and applications are built with. Each script asks twice, streamed and whole.
import type { Client } from './client.ts'

const BOTH = { answers: 2 }
const AI = 'ai@6.0.326'
const CORE = '@langchain/core@1.4.0'

export const SDK_CLIENTS: readonly Client[] = [
  {
    name: 'openai-sdk',
    template: 'openai-compatible',
    packages: ['openai@6.49.0'],
    start: { script: 'openai.mjs' },
    ...BOTH,
  },
  {
    name: 'openai-sdk-responses',
    template: 'openai-compatible',
    dialect: 'openai-responses',
    packages: ['openai@6.49.0'],
    start: { script: 'openai-responses.mjs' },
    ...BOTH,
  },
  {
    name: 'anthropic-sdk',
    template: 'anthropic-compatible',
    packages: ['@anthropic-ai/sdk@1.12.0'],
    start: { script: 'anthropic.mjs' },
    ...BOTH,
  },
  {
    name: 'ai-sdk-openai-compatible',
    template: 'openai-compatible',
    packages: ['@ai-sdk/openai-compatible@2.0.87', AI, 'zod@4.6.7'],
    start: { script: 'ai-sdk.mjs' },
    env: { SDK_PROVIDER: 'openai-compatible' },
    ...BOTH,
  },
  {
    name: 'ai-sdk-openai',
    template: 'openai-compatible',
    dialect: 'openai-responses',
    packages: ['@ai-sdk/openai@3.0.141', AI, 'zod@4.6.7'],
    start: { script: 'ai-sdk.mjs' },
    env: { SDK_PROVIDER: 'openai' },
    ...BOTH,
  },
  {
    name: 'ai-sdk-anthropic',
    template: 'anthropic-compatible',
    packages: ['@ai-sdk/anthropic@3.0.138', AI, 'zod@4.6.7'],
    start: { script: 'ai-sdk.mjs' },
    env: { SDK_PROVIDER: 'anthropic' },
    ...BOTH,
  },
  {
    name: 'ai-sdk-google',
    template: 'gemini-cli',
    packages: ['@ai-sdk/google@3.0.141', AI, 'zod@4.6.7'],
    start: { script: 'ai-sdk.mjs' },
    env: { SDK_PROVIDER: 'google' },
    ...BOTH,
  },
  {
    name: 'langchain-openai',
    template: 'openai-compatible',
    packages: ['@langchain/openai@1.5.3', CORE, 'zod@4.6.7'],
    start: { script: 'langchain.mjs' },
    env: { SDK_PROVIDER: 'openai' },
    ...BOTH,
  },
  {
    name: 'langchain-openai-responses',
    template: 'openai-compatible',
    dialect: 'openai-responses',
    packages: ['@langchain/openai@1.5.3', CORE, 'zod@4.6.7'],
    start: { script: 'langchain.mjs' },
    env: { SDK_PROVIDER: 'openai-responses' },
    ...BOTH,
  },
  {
    name: 'langchain-anthropic',
    template: 'anthropic-compatible',
    packages: ['@langchain/anthropic@1.5.11', CORE, 'zod@4.6.7'],
    start: { script: 'langchain.mjs' },
    env: { SDK_PROVIDER: 'anthropic' },
    ...BOTH,
  },
  {
    name: 'google-genai',
    template: 'gemini-cli',
    packages: ['@google/genai@2.32.0'],
    start: { script: 'google-genai.mjs' },
    ...BOTH,
  },
  {
    name: 'ollama-sdk',
    template: 'ollama-compatible',
    packages: ['ollama@0.6.4'],
    start: { script: 'ollama.mjs' },
    ...BOTH,
  },
]
