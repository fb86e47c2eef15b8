import { toCloudName, toHostedName } from '../providers/ollama/names.ts'

/** What is to be pulled, and why. */
export interface PullPlan {
  pulls: { model: string; why: string }[]
  skipped: { model: string; why: string }[]
}

export interface PullSources {
  /** Names or patterns of the command line; none means every cloud model. */
  wanted: readonly string[]
  /** Models of ollama.com by its names, and which provider told. Absent when nobody was asked. */
  hosted?: { provider: string; names: readonly string[] }
  /** What the runtime has. */
  installed: readonly string[]
}

/** True for a text with `*` in it. */
export function isPattern(text: string): boolean {
  return text.includes('*')
}

/**
 * Chooses the models to pull. A plain name is pulled as it stands, whatever it is. Patterns, or nothing, choose among the
 * cloud models that were discovered, under either spelling; those that are there already are left out.
 */
export function planPulls({ wanted, hosted, installed }: PullSources): PullPlan {
  const plan: PullPlan = { pulls: [], skipped: [] }
  const chosen = new Set<string>()
  for (const name of wanted.filter((each) => !isPattern(each))) {
    if (chosen.has(name)) continue
    chosen.add(name)
    plan.pulls.push({ model: name, why: isInstalled(name, installed) ? 'named; there already: updated' : 'named' })
  }
  const patterns = wanted.filter(isPattern).map(toRegExp)
  const isAsked = (model: string): boolean =>
    wanted.length === 0 || patterns.some((pattern) => pattern.test(model) || pattern.test(toHostedName(model)))
  if (hosted === undefined || (wanted.length > 0 && patterns.length === 0)) return plan
  for (const model of hosted.names.map(toCloudName).toSorted()) {
    if (chosen.has(model) || !isAsked(model)) continue
    chosen.add(model)
    if (isInstalled(model, installed)) plan.skipped.push({ model, why: 'there already' })
    else plan.pulls.push({ model, why: `cloud model of ${hosted.provider}, not there yet` })
  }
  return plan
}

/** Ollama knows `x` as `x:latest`, and a cloud model under two spellings. */
function isInstalled(name: string, installed: readonly string[]): boolean {
  const other = name.slice(name.lastIndexOf('/') + 1).includes(':') ? name : `${name}:latest`
  const hosted = toHostedName(name)
  return installed.some(
    (each) => each === name || each === other || (hosted !== name && each !== hosted && toHostedName(each) === hosted),
  )
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'i')
}
