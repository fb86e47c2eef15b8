import assert from 'node:assert/strict'

// The rules by which the real API refuses a request, as far as an encoder can break them.

type Json = Record<string, unknown>
interface Turn {
  role: string
  parts: Json[]
}

const TOP = ['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig']
const PART_DATA = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse']
const NAME = /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/

/** Throws when the API would refuse the body for this model. */
export function assertAccepted(body: Json, model: string): void {
  for (const key of Object.keys(body)) assert.ok(TOP.includes(key), `unknown field ${key}`)
  const turns = body['contents'] as Turn[]
  assert.ok(turns.length > 0, 'no contents')
  turns.forEach((turn, at) => {
    assert.deepEqual(Object.keys(turn).toSorted(), ['parts', 'role'])
    assert.equal(turn.role, at % 2 === 0 ? 'user' : 'model', 'turns do not alternate')
    assert.ok(turn.parts.length > 0, 'a content without parts')
    for (const part of turn.parts) assertPart(part, turn.role)
  })
  assertResults(turns)
  if (/gemini-3/.test(model)) assertSignatures(turns)
  const system = body['systemInstruction'] as Turn | undefined
  for (const part of system?.parts ?? []) assert.match(String(part['text']), /./s)
  if (system !== undefined) assert.ok(system.parts.length > 0)
  assertTools(body, model)
  assertConfig(body, model)
}

function assertPart(part: Json, role: string): void {
  const data = PART_DATA.filter((key) => key in part)
  assert.equal(data.length, 1, `one kind of data in a part: ${JSON.stringify(part)}`)
  const kind = data[0] ?? ''
  for (const key of Object.keys(part)) assert.ok(key === kind || key === 'thoughtSignature', `unknown ${key}`)
  if (kind === 'text') assert.notEqual(part['text'], '', 'empty text')
  const value = part[kind] as Json
  if (kind === 'functionCall') {
    assert.equal(role, 'model')
    assert.match(String(value['name']), NAME)
    assert.ok(isObject(value['args']), 'args are no object')
  }
  if (kind === 'functionResponse') {
    assert.equal(role, 'user')
    assert.ok(isObject(value['response']), 'response is no object')
  }
  if (kind === 'inlineData') assert.ok(value['mimeType'] !== '' && typeof value['data'] === 'string')
  if (kind === 'fileData') assert.ok(value['mimeType'] !== '' && value['fileUri'] !== '')
}

function assertResults(turns: readonly Turn[]): void {
  const identity = (part: Json, key: string): unknown => {
    const { id, name } = part[key] as Json
    return { id, name }
  }
  let open: unknown[] = []
  for (const turn of turns) {
    if (turn.role === 'model') {
      open = turn.parts.filter((part) => 'functionCall' in part).map((part) => identity(part, 'functionCall'))
      continue
    }
    const results = turn.parts.filter((part) => 'functionResponse' in part)
    assert.deepEqual(turn.parts.slice(0, results.length), results, 'results are not first')
    assert.deepEqual(
      results.map((part) => identity(part, 'functionResponse')),
      open,
      'results do not answer the calls',
    )
    open = []
  }
  assert.deepEqual(open, [], 'calls without results')
}

/** The first call of every step behind the last words of the person must be signed. */
function assertSignatures(turns: readonly Turn[]): void {
  const spoken = turns.findLastIndex(
    (turn) => turn.role === 'user' && turn.parts.every((part) => !('functionResponse' in part)),
  )
  for (const turn of turns.slice(spoken + 1)) {
    const first = turn.parts.find((part) => 'functionCall' in part)
    if (first !== undefined) assert.ok(first['thoughtSignature'], 'a step without a signature')
  }
}

function assertTools(body: Json, model: string): void {
  const tools = body['tools'] as Json[] | undefined
  const config = body['toolConfig'] as Json | undefined
  if (tools === undefined) {
    assert.equal(config, undefined, 'toolConfig without tools')
    return
  }
  assert.ok(tools.length > 0, 'empty tools')
  const functions = tools.flatMap((tool) => (tool['functionDeclarations'] ?? []) as Json[])
  const names = functions.map((each) => String(each['name']))
  assert.equal(new Set(names).size, names.length, 'names repeat')
  for (const each of functions) {
    assert.match(String(each['name']), NAME)
    const schema = each['parametersJsonSchema'] as Json | undefined
    if (schema !== undefined) {
      assert.equal(schema['type'], 'object')
      assertSchema(schema)
    }
  }
  const natives = tools.filter((tool) => !('functionDeclarations' in tool))
  if (functions.length > 0 && natives.length > 0) {
    assert.doesNotMatch(model, /gemini-[12]/, 'own tools beside functions')
    assert.equal(config?.['includeServerSideToolInvocations'], true)
  }
  const calling = config?.['functionCallingConfig'] as Json | undefined
  if (calling === undefined) return
  assert.ok(['AUTO', 'ANY', 'NONE'].includes(String(calling['mode'])))
  for (const name of (calling['allowedFunctionNames'] ?? []) as string[]) assert.ok(names.includes(name))
}

function assertSchema(schema: Json): void {
  assert.ok(!('$schema' in schema))
  if ('$ref' in schema) for (const key of Object.keys(schema)) assert.ok(key.startsWith('$'), `${key} beside $ref`)
  for (const value of Object.values((schema['properties'] ?? {}) as Json)) {
    if (isObject(value)) assertSchema(value)
  }
}

function assertConfig(body: Json, model: string): void {
  const config = (body['generationConfig'] ?? {}) as Json
  const temperature = (config['temperature'] ?? 1) as number
  assert.ok(temperature >= 0 && temperature <= 2, 'temperature')
  assert.ok(((config['stopSequences'] ?? []) as string[]).length <= 5, 'stop sequences')
  assert.ok(config['responseJsonSchema'] === undefined || config['responseMimeType'] === 'application/json')
  const hasTools = body['tools'] !== undefined
  assert.ok(!/gemini-[12]/.test(model) || !hasTools || config['responseMimeType'] === undefined, 'tools and JSON')
  const thinking = config['thinkingConfig'] as Json | undefined
  if (thinking === undefined) return
  assert.ok(!('thinkingLevel' in thinking && 'thinkingBudget' in thinking), 'level and budget')
  assert.ok(!('thinkingLevel' in thinking) || !/gemini-[12]/.test(model), 'level before Gemini 3')
  assert.doesNotMatch(model, /gemini-2\.0|gemini-1|gemma/, 'thinking of a model that cannot')
  const budget = (thinking['thinkingBudget'] ?? -1) as number
  if (/2\.5-pro/.test(model)) assert.ok(budget === -1 || (budget >= 128 && budget <= 32_768))
  if (/2\.5-flash/.test(model)) assert.ok(budget >= -1 && budget <= 24_576)
  if (thinking['thinkingLevel'] === 'MINIMAL') assert.doesNotMatch(model, /pro/)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
