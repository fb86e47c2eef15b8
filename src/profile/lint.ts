import { KnownNames } from './known-names.ts'
import { lintIntents } from './lint-intents.ts'
import { lintModels } from './lint-models.ts'
import { lintNames } from './lint-names.ts'
import { lintNetwork } from './lint-network.ts'
import { lintReferences } from './lint-references.ts'
import { lintRules } from './lint-rules.ts'
import { lintSecrets } from './lint-secrets.ts'
import type { Mistake } from './mistake.ts'

/** Finds what no schema can: dangling references, rules that never apply, unsafe addresses, credentials. */
export function lintProfile(data: unknown): Mistake[] {
  const known = new KnownNames(data)
  return [
    ...lintModels(data),
    ...lintReferences(data, known),
    ...lintRules(data),
    ...lintIntents(data),
    ...lintNames(data),
    ...lintNetwork(data),
    ...lintSecrets(data),
  ]
}
