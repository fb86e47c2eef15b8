import type { ChatRequest, FunctionTool } from '../../chat/request.ts'

/** Longest function name that every model takes (wording of the API's refusal: "with a maximum length of 64"). */
const MAX_NAME = 64

/** A function name that the API accepts: a letter or underscore first. Unchanged when it already is one. */
function toFunctionName(name: string): string {
  const cleaned = name.replaceAll(/[^a-zA-Z0-9_.:-]/g, '_')
  return (/^[a-zA-Z_]/.test(cleaned) ? cleaned : `_${cleaned}`).slice(0, MAX_NAME)
}

/** Gives a function's name on the wire. */
export type NameOf = (name: string) => string

/** Names of the request's functions: those that the API accepts stay, others are made acceptable and kept apart. */
export function nameFunctions(request: ChatRequest): NameOf {
  const functions = request.tools.filter((tool) => tool.type === 'function')
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const valid = ({ name }: FunctionTool): boolean => toFunctionName(name) === name
  for (const { name } of [...functions.filter(valid), ...functions.filter((tool) => !valid(tool))]) {
    if (!names.has(name)) names.set(name, claim(toFunctionName(name), taken))
  }
  return (name) => names.get(name) ?? toFunctionName(name)
}

/** `wanted`, or `wanted_2`, `wanted_3` … when it is taken; the result is taken afterwards. */
function claim(wanted: string, taken: Set<string>): string {
  let free = wanted
  for (let n = 2; taken.has(free); n++) free = wanted.slice(0, MAX_NAME - `_${n}`.length) + `_${n}`
  taken.add(free)
  return free
}
