export interface GeminiPath {
  /** Model name, slashes and colons included, without `models/`. */
  model: string
  method: 'generateContent' | 'streamGenerateContent' | 'countTokens'
}

const PATH = /^\/(?:v1beta\/|v1\/)?(?:models\/)?(.*[^/]):(generateContent|streamGenerateContent|countTokens)$/s

/**
 * Reads a Gemini call from a path without its query. SDKs differ in the version (`/v1beta`, `/v1`) and leave out
 * `models/` when the model's name has a slash; slashes in names are not percent-encoded (recorded traffic).
 * Undefined when the path is no such call.
 */
export function parseGeminiPath(path: string): GeminiPath | undefined {
  const match = PATH.exec(path)
  if (match === null) return undefined
  const model = decode(match[1] ?? '')
  return model === undefined ? undefined : { model, method: match[2] as GeminiPath['method'] }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
