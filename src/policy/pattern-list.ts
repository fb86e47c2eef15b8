import type { Model } from '../catalog/types.ts'
import { compileGlob } from '../profile/glob.ts'
import { targetName } from './target-name.ts'

type Matcher = (text: string) => boolean

interface Compiled {
  /** Globs over `provider/model`, or over tags. */
  matchers: { isTag: boolean; matches: Matcher }[]
  /** Answers given before: the same models come again with every request. */
  known: WeakMap<Model, number>
}

/** Opens a pattern over the tags of a model; no provider's name has a colon. */
const TAG = 'tag:'

// Lists of a profile never change, so each is compiled once. A memo, not a state: results do not depend on it.
const lists = new WeakMap<readonly string[], Compiled>()
const texts = new WeakMap<readonly string[], Matcher[]>()

/** Place of the first pattern of a target list that matches the model by its name or by a tag, or -1. */
export function firstMatch(patterns: readonly string[], model: Model): number {
  if (patterns.length === 0) return -1
  const { matchers, known } = compile(patterns)
  const before = known.get(model)
  if (before !== undefined) return before
  const place = matchers.findIndex(({ isTag, matches }) =>
    isTag ? model.tags?.some(matches) === true : matches(targetName(model)),
  )
  known.set(model, place)
  return place
}

/** Whether any pattern of a target list matches the model. */
export function includesModel(patterns: readonly string[], model: Model): boolean {
  return firstMatch(patterns, model) !== -1
}

/** Whether any glob of the list matches the text. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  const matchers = texts.get(globs) ?? globs.map(compileGlob)
  texts.set(globs, matchers)
  return matchers.some((matches) => matches(text))
}

function compile(patterns: readonly string[]): Compiled {
  const before = lists.get(patterns)
  if (before !== undefined) return before
  const matchers = patterns.map((pattern) => {
    const isTag = pattern.toLowerCase().startsWith(TAG)
    return { isTag, matches: compileGlob(isTag ? pattern.slice(TAG.length) : pattern) }
  })
  const made = { matchers, known: new WeakMap<Model, number>() }
  lists.set(patterns, made)
  return made
}
