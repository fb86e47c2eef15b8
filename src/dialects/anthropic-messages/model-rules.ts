/** What a generation of Claude takes in a request. */
export interface ModelRules {
  /** Thinking that may be asked for: `enabled` with a budget, `adaptive`, or either. */
  thinking: 'budget' | 'adaptive' | 'either'
  /** Takes `thinking.type: disabled`; others always reason. */
  canStopThinking: boolean
  /** Takes `output_config.effort`. */
  effort: boolean
  /** Takes the two highest efforts beside disabled thinking. */
  highEffortWithoutThinking: boolean
  /** Takes `temperature`, `top_p` and `top_k`. */
  sampling: boolean
  /** Takes `tool_choice` of the types `any` and `tool`. */
  forcedTools: boolean
}

/** Models that are no Claude, or whose name says no version: nothing is known to be refused. */
const LENIENT: ModelRules = {
  thinking: 'either',
  canStopThinking: true,
  effort: true,
  highEffortWithoutThinking: true,
  sampling: true,
  forcedTools: true,
}

/**
 * The rules of a model by its name. All of these are refused with status 400 elsewhere. Sources:
 * https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (thinking by model),
 * https://platform.claude.com/docs/en/api/errors (sampling, forced tools).
 */
export function rulesOf(model: string): ModelRules {
  const claude = readName(model)
  if (claude === undefined) return LENIENT
  const { family, version } = claude
  const isFifth = family === 'fable' || family === 'mythos'
  return {
    thinking: version <= 4.5 ? 'budget' : version < 4.7 ? 'either' : 'adaptive',
    canStopThinking: !isFifth && !(version >= 5.5 && family !== 'haiku'),
    effort: version > 4.5 || (family === 'opus' && version === 4.5),
    highEffortWithoutThinking: version < 5,
    sampling: version < 4.7,
    forcedTools: isFifth ? version < 5.1 : version < 5.5,
  }
}

/** Family and version in names such as `claude-opus-4-8`, `anthropic/claude-haiku-4.5`, `claude-3-7-sonnet-20250219`. */
function readName(model: string): { family: string; version: number } | undefined {
  const name = model.toLowerCase()
  const current = /claude-([a-z]+)-(\d)(?:[-.](\d{1,2})(?!\d))?(?!\d)/.exec(name)
  if (current !== null) return { family: current[1] ?? '', version: toVersion(current[2], current[3]) }
  const old = /claude-(\d)(?:[-.](\d))?-([a-z]+)/.exec(name)
  return old === null ? undefined : { family: old[3] ?? '', version: toVersion(old[1], old[2]) }
}

function toVersion(major = '0', minor = '0'): number {
  return Number(`${major}.${minor}`)
}
