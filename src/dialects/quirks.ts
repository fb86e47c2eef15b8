/** How one provider or model departs from its dialect, as data. Absent means the dialect's own rule. */
export interface Quirks {
  /** Name of the output-limit field in OpenAI Chat. Default `max_completion_tokens`. */
  max_tokens_field?: 'max_tokens' | 'max_completion_tokens'
  /** Name of the field that carries earlier reasoning back to the model, or none. */
  reasoning_field?: 'reasoning_content' | 'reasoning'
  /** The model refuses history whose reasoning was left out (DeepSeek). */
  reasoning_required?: boolean
  /** false: `stream_options` is refused or ignored. */
  stream_usage?: boolean
  /** false: `parallel_tool_calls` is refused. */
  parallel_tool_calls?: boolean
  /** false: `reasoning_effort` is refused. */
  reasoning_effort?: boolean
  /** false: `response_format: json_schema` is refused; `json_object` is sent instead. */
  json_schema?: boolean
  /** What tells the provider to go on with the last assistant message; absent: nothing does, or need do. */
  prefill?: 'prefix' | 'continue_final_message'
  /** The answer repeats that message before it goes on (Mistral). */
  prefill_echo?: boolean
  /** Top-level fields that the provider refuses; they are left out. */
  drop_parameters?: string[]
  /** JSON Schema keywords to remove from tool schemas. */
  drop_schema_keywords?: string[]
}
