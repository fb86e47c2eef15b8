import type { Json } from '../grid-json.ts'
import { OBJECT, PNG, testRules, type RuleTable } from './rule-table.ts'

const CALLED = { functionCall: { id: 'a', name: 'look', args: {} }, thoughtSignature: 'c2ln' }
const RESPONDED = { functionResponse: { id: 'a', name: 'look', response: { output: 'x' } } }
const CONTENTS = [
  { role: 'user', parts: [{ text: 'x' }, { inlineData: { mimeType: 'image/png', data: PNG } }] },
  { role: 'model', parts: [CALLED] },
  { role: 'user', parts: [RESPONDED] },
]

function contents(...parts: Json[]): Json {
  return { contents: [{ role: 'user', parts }] }
}

function declared(definition: Json): Json {
  return { tools: [{ functionDeclarations: [{ name: 'look', ...definition }] }] }
}

const TABLE: RuleTable = {
  dialect: 'gemini',
  path: '/v1beta/models/gemini-3-pro-preview:generateContent',
  good: {
    contents: CONTENTS,
    systemInstruction: { role: 'user', parts: [{ text: 'x' }] },
    ...declared({ description: 'x', parametersJsonSchema: { ...OBJECT, additionalProperties: false } }),
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look'] } },
    generationConfig: { temperature: 1, topK: 4, thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' } },
  },
  bad: [
    ['an unknown field', { model_name: 'x' }, /^model_name: unknown field$/],
    [
      'an unknown field of the configuration',
      { generationConfig: { top_k: 4, foo: 1 } },
      /generationConfig.foo: unknown/,
    ],
    ['no contents', { contents: [] }, /is not specified/],
    ['no parts', contents(), /must not be empty/],
    ['a part of nothing', contents({ thought: true }), /one initialized field/],
    [
      'a part of two things',
      contents({ text: 'x', inlineData: { mimeType: 'a/b', data: PNG } }),
      /one initialized field/,
    ],
    ['an unknown role', { contents: [{ role: 'assistant', parts: [{ text: 'x' }] }] }, /valid role/],
    ['a call first', { contents: CONTENTS.slice(1) }, /right after a user turn/],
    [
      'a call without a response',
      { contents: [...CONTENTS.slice(0, 2), CONTENTS[0]] },
      /must equal function call parts/,
    ],
    ['a response without a call', { contents: [CONTENTS[2]] }, /immediately after a function call turn/],
    [
      'one response for two calls',
      { contents: [CONTENTS[0], { role: 'model', parts: [CALLED, CALLED] }, CONTENTS[2]] },
      /must equal/,
    ],
    [
      'a call without a signature',
      { contents: [CONTENTS[0], { role: 'model', parts: [{ functionCall: CALLED.functionCall }] }, CONTENTS[2]] },
      /missing a thought_signature/,
    ],
    ['a signature that is no bytes', contents({ text: 'x', thoughtSignature: '~~' }), /base64 decoding failed/],
    [
      'arguments as text',
      {
        contents: [
          CONTENTS[0],
          { role: 'model', parts: [{ ...CALLED, functionCall: { name: 'look', args: '{}' } }] },
          CONTENTS[2],
        ],
      },
      /must be an object/,
    ],
    [
      'a response as text',
      {
        contents: [
          ...CONTENTS.slice(0, 2),
          { role: 'user', parts: [{ functionResponse: { name: 'look', response: 'x' } }] },
        ],
      },
      /must be an object/,
    ],
    ['a data URL', contents({ inlineData: { mimeType: 'image/png', data: `data:image/png;base64,${PNG}` } }), /base64/],
    ['a function with a digit first', declared({ name: '1st' }), /invalid function name/],
    ['the same function twice', { tools: [...list(declared({})), ...list(declared({}))] }, /duplicate function/],
    ['a keyword that Schema lacks', declared({ parameters: { ...OBJECT, $schema: 'x' } }), /\$schema: unknown field/],
    [
      'a keyword further in',
      declared({ parameters: { type: 'object', properties: { a: { type: 'string', const: 'x' } } } }),
      /const: unknown field/,
    ],
    [
      'a list of anything',
      declared({ parameters: { type: 'object', properties: { a: { type: 'array' } } } }),
      /missing field/,
    ],
    [
      'a required property that is not there',
      declared({ parameters: { ...OBJECT, required: ['m'] } }),
      /is not defined/,
    ],
    [
      'an enum of numbers',
      declared({ parameters: { type: 'object', properties: { a: { type: 'number', enum: [1] } } } }),
      /only allowed for STRING/,
    ],
    ['two schemas', declared({ parameters: OBJECT, parametersJsonSchema: OBJECT }), /mutually exclusive/],
    [
      'a reference with company',
      declared({ parametersJsonSchema: { ...OBJECT, properties: { a: { $ref: '#', title: 'x' } } } }),
      /stands beside title/,
    ],
    [
      'names with mode AUTO',
      { toolConfig: { functionCallingConfig: { mode: 'AUTO', allowedFunctionNames: ['look'] } } },
      /only when/,
    ],
    ['a configuration without functions', { tools: undefined }, /without function_declarations/],
    [
      'budget and level',
      { generationConfig: { thinkingConfig: { thinkingBudget: 1, thinkingLevel: 'LOW' } } },
      /together/,
    ],
    ['six stops', { generationConfig: { stopSequences: ['a', 'b', 'c', 'd', 'e', 'f'] } }, /at most 5/],
    ['a schema without its type', { generationConfig: { responseJsonSchema: OBJECT } }, /needs application\/json/],
  ],
}

function list({ tools }: Json): Json[] {
  return tools as Json[]
}

testRules(TABLE)
