// What the Gemini API answers 400 to. Bodies are protocol buffers: "Unknown name … Cannot find field."
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkContents, checkParts } from './gemini-contents.ts'
import { checkFunctions } from './gemini-functions.ts'
import { arrayAt, Violations } from './violations.ts'

const FIELDS: readonly string[] = [
  'model', 'contents', 'tools', 'toolConfig', 'safetySettings', 'systemInstruction', 'generationConfig',
  'cachedContent', 'serviceTier', 'store',
] // prettier-ignore
const GENERATION: readonly string[] = [
  'stopSequences', 'responseMimeType', 'responseSchema', 'responseJsonSchema', '_responseJsonSchema',
  'responseModalities', 'candidateCount', 'maxOutputTokens', 'temperature', 'topP', 'topK', 'seed', 'presencePenalty',
  'frequencyPenalty', 'responseLogprobs', 'logprobs', 'enableEnhancedCivicAnswers', 'speechConfig', 'thinkingConfig',
  'imageConfig', 'mediaResolution',
] // prettier-ignore

/**
 * Violations of a body of `models/…:generateContent` or `:streamGenerateContent`. `model` is the one in the path: from
 * Gemini 3 on, calls of the current turn need their signatures. Fields by https://ai.google.dev/api/generate-content,
 * other rules by the API's own refusals.
 */
export function geminiViolations(body: Json, model: string): string[] {
  const found = new Violations()
  found.known(body, '', FIELDS)
  const contents = arrayAt(body, 'contents')
  if (found.need((contents?.length ?? 0) > 0, 'contents', 'is not specified')) {
    checkContents(list(body, 'contents'), isSigned(model), found)
  }
  const system = body['systemInstruction']
  if (system !== undefined) {
    found.known(system, 'systemInstruction', ['role', 'parts'])
    checkParts(system, 'systemInstruction', found)
  }
  const functions = checkFunctions(list(body, 'tools'), found)
  checkCalling(body, functions, found)
  checkGeneration(body, found)
  return found.list
}

function isSigned(model: string): boolean {
  return Number(/gemini-(\d+)/.exec(model)?.[1] ?? 0) >= 3
}

function checkCalling(body: Json, functions: readonly string[], found: Violations): void {
  const config = body['toolConfig']
  if (config === undefined) return
  found.known(config, 'toolConfig', ['functionCallingConfig', 'retrievalConfig', 'includeServerSideToolInvocations'])
  const calling = at(config, 'functionCallingConfig')
  if (calling === undefined) return
  const path = 'toolConfig.functionCallingConfig'
  found.known(calling, path, ['mode', 'allowedFunctionNames', 'streamFunctionCallArguments'])
  found.need(functions.length > 0, path, 'function calling config is set without function_declarations')
  const mode = textAt(calling, 'mode') || 'AUTO'
  found.need(['AUTO', 'ANY', 'NONE', 'VALIDATED'].includes(mode), `${path}.mode`, `invalid value ${mode}`)
  const allowed = arrayAt(calling, 'allowedFunctionNames') ?? []
  const isFit = allowed.length === 0 || mode === 'ANY' || mode === 'VALIDATED'
  found.need(isFit, `${path}.allowedFunctionNames`, 'set it only when the function calling mode is ANY')
  for (const name of allowed) {
    found.need(functions.includes(String(name)), `${path}.allowedFunctionNames`, `${String(name)} is not declared`)
  }
}

function checkGeneration(body: Json, found: Violations): void {
  const config = body['generationConfig']
  if (config === undefined) return
  const path = 'generationConfig'
  found.known(config, path, GENERATION)
  found.need((arrayAt(config, 'stopSequences')?.length ?? 0) <= 5, `${path}.stopSequences`, 'at most 5 entries')
  found.range(at(config, 'temperature'), `${path}.temperature`, 0, 2)
  found.range(at(config, 'topP'), `${path}.topP`, 0, 1)
  found.range(at(config, 'maxOutputTokens'), `${path}.maxOutputTokens`, 1, Infinity)
  const thinking = at(config, 'thinkingConfig')
  found.known(thinking, `${path}.thinkingConfig`, ['includeThoughts', 'thinkingBudget', 'thinkingLevel'])
  const isBoth = at(thinking, 'thinkingBudget') !== undefined && at(thinking, 'thinkingLevel') !== undefined
  found.need(!isBoth, `${path}.thinkingConfig`, 'thinking_budget and thinking_level cannot be used together')
  const level = textAt(thinking, 'thinkingLevel') || 'LOW'
  found.need(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'].includes(level.toUpperCase()), `${path}.thinkingConfig`, level)
  const hasSchema = at(config, 'responseSchema') !== undefined || at(config, 'responseJsonSchema') !== undefined
  const isJson = textAt(config, 'responseMimeType') === 'application/json'
  found.need(!hasSchema || isJson, `${path}.responseMimeType`, 'a schema needs application/json')
}
