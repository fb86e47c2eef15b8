// The rule lives with the dialect, which needs it too and may not import providers.
export { isCloudModel } from '../../dialects/ollama-chat/model-name.ts'
