/** Words in the names of models that do something other than chat. */
const OTHER_WORDS = new Set(
  `embed embedding embeddings rerank reranker reward minilm bge mxbai clip
  moderation guard safeguard shieldgemma llamaguard ocr
  tts asr stt whisper transcribe speech voice audio realtime voxtral orpheus playai parakeet
  image images imagen imagine dall diffusion flux sdxl veo sora video lyria
  davinci babbage`.split(/\s+/),
)

/** Models that OpenAI serves on its Responses API only. Source: https://platform.openai.com/docs/models */
const RESPONSES_ONLY =
  /^(?:o1-pro|o3-pro|gpt-[\d.]+-pro|gpt-[\d.]+-codex|codex-|computer-use|.*-deep-research)(?:$|[-:@])/

/**
 * Whether a model of that name chats, as far as the name tells; `preset` says where. Names are compared word by word
 * (`gemini` has no `mini` in it), so an unknown name counts as a chat model.
 */
export function isChatModelId(id: string, preset?: string): boolean {
  const name = id.toLowerCase().split('/').at(-1) ?? ''
  if (preset === 'openai' && RESPONSES_ONLY.test(name)) return false
  return !name.split(/[^a-z0-9]+/).some((word) => OTHER_WORDS.has(word.replace(/\d+$/, '')))
}
