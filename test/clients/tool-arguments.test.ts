import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fillArguments } from './tool-arguments.ts'

const PATH = '/work/note.txt'
const CASES: [name: string, schema: Record<string, unknown>, expected: Record<string, unknown>][] = [
  ['no schema', {}, {}],
  ['a command', { properties: { command: { type: 'string' } }, required: ['command'] }, { command: `cat ${PATH}` }],
  ['a command not called required', { properties: { cmd: { type: 'string' } } }, { cmd: `cat ${PATH}` }],
  ['a command in words', { properties: { command: { type: 'array' } } }, { command: ['cat', PATH] }],
  ['a list of commands', { properties: { commands: { type: 'array' } } }, { commands: [`cat ${PATH}`] }],
  ['a file', { properties: { file_path: { type: 'string' } }, required: ['file_path'] }, { file_path: PATH }],
  [
    'only what is required beside it',
    {
      properties: {
        command: { type: 'string' },
        description: { type: 'string' },
        timeout: { type: 'number' },
        is_background: { type: 'boolean' },
        tries: { type: 'integer', minimum: 3 },
        mode: { enum: ['quick', 'slow'] },
      },
      required: ['command', 'description', 'is_background', 'tries', 'mode'],
    },
    { command: `cat ${PATH}`, description: 'Read the note', is_background: false, tries: 3, mode: 'quick' },
  ],
]

describe('arguments of a tool', () => {
  for (const [name, schema, expected] of CASES) {
    it(name, () => assert.deepEqual(fillArguments(schema, PATH), expected))
  }
})
