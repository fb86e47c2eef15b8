import { looksLikeSecret } from '../../diagnostics/secret-shapes.ts'
import type { Check } from '../check.ts'
import { error, ok } from '../finding.ts'

export const secrets: Check = {
  id: 'secrets',
  title: 'credentials in the text of the profile, comments too',
  run: async ({ profile: { text, name, diagnostics, found } }) => {
    if (found === undefined || text === '') return []
    // What the profile check reports already is left to it.
    const known = new Set(diagnostics.filter(({ secret }) => secret === true).map(({ line }) => line))
    const lines = text
      .split(/\r?\n/)
      .flatMap((line, at) => (looksLikeSecret(line) && !known.has(at + 1) ? [at + 1] : []))
    if (lines.length === 0) return [ok('secrets', 'no credential in the text of the profile')]
    return lines.map((line) =>
      error('secret-in-profile', 'this line has something that looks like a credential', {
        means: 'whoever can read the profile, or its history in git, has the key',
        fix: 'take it out, write `key: env:NAME` instead, and replace the key at the provider',
        source: { file: name, line, column: 1 },
      }),
    )
  },
}
