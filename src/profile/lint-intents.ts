// Checks the intents of a profile, and that the rules ask for such as there are.
import { didYouMean } from '../diagnostics/suggest.ts'
import { BUILT_IN_INTENTS } from './intent-names.ts'
import { compilePattern, type LinearPattern } from './linear-pattern.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn, textsIn } from './plain.ts'

const LETTER_OR_DIGIT = /[\p{L}\p{N}\p{Extended_Pictographic}]/u

export function lintIntents(data: unknown): Mistake[] {
  const { intents, policies } = recordOf(data)
  const known = new Set([...BUILT_IN_INTENTS, ...Object.keys(recordOf(intents))])
  return [
    ...recordsIn(intents).flatMap(([name, intent]) => lintIntent(['intents', name], intent)),
    ...recordsIn(policies).flatMap(([name, policy]) =>
      listOf(policy['rules']).flatMap((rule, index) => {
        const when = recordOf(recordOf(rule)['when'])
        return lintNames(['policies', name, 'rules', index, 'when', 'intent'], when['intent'], known)
      }),
    ),
  ]
}

function lintIntent(path: Path, intent: Record<string, unknown>): Mistake[] {
  const patterns = textsIn(intent['patterns']).flatMap(([index, source]): Mistake[] => {
    const problem = compilePattern(source)
    if (typeof problem !== 'string') return takesAll(problem) ? [matchesAll([...path, 'patterns', index], source)] : []
    const hint = 'patterns are in the syntax of RE2: no look-around, no back references'
    return [mistake([...path, 'patterns', index], 'value', 'SAGE1014', `not a regular expression: ${problem}`, hint)]
  })
  const words = textsIn(intent['words']).flatMap(([index, word]) => {
    if (LETTER_OR_DIGIT.test(word)) return []
    const message = `"${word}" has no letter: it never matches`
    return mistake([...path, 'words', index], 'value', 'SAGE1014', message, 'use `patterns` for signs')
  })
  return [...patterns, ...words]
}

/** Whether a pattern is content with nothing, wherever it stands: `^$` is not. */
function takesAll(pattern: LinearPattern): boolean {
  return pattern.find('') !== undefined && pattern.find('\u0000') !== undefined
}

/** Such an intent takes every request that has no image and is no side call. */
function matchesAll(path: Path, source: string): Mistake {
  const message = `"${source}" also matches nothing at all, and so every prompt`
  const hint = 'let it contain something that must be there'
  return { ...mistake(path, 'value', 'SAGE1014', message, hint), severity: 'warning' }
}

function lintNames(path: Path, written: unknown, known: ReadonlySet<string>): Mistake[] {
  const names: [Path, string][] =
    typeof written === 'string'
      ? [[path, written]]
      : textsIn(written).map(([index, name]): [Path, string] => [[...path, index], name])
  return names.flatMap(([at, name]) => {
    if (known.has(name)) return []
    const hint = didYouMean(name, known) ?? `intents: ${[...known].join(', ')}; your own are listed under \`intents\``
    return mistake(at, 'value', 'SAGE1014', `there is no intent "${name}"`, hint)
  })
}
