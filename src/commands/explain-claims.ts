import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import type { Claim } from '../explain/claims.ts'
import { isAbout, parseClaim } from '../explain/claims.ts'
import type { Profile } from '../profile/types.ts'

/** Reads what `--assert` gives. Throws `UsageError`. */
export function readClaims(given: readonly string[]): Claim[] {
  return given.map((text) => {
    const claim = parseClaim(text)
    if (claim !== undefined) return claim
    throw new UsageError(
      `--assert ${text} is not understood`,
      'write "<policy>: local", "<policy>: only <glob>", "<policy>: not <glob>" or "<policy>: max-price <usd>"',
    )
  })
}

/** A claim about a policy that is not there would hold whatever the profile says. Throws `UsageError`. */
export function checkClaims(claims: readonly Claim[], { policies }: Profile): void {
  for (const claim of claims) {
    if ([...policies.map(({ name }) => name), ''].some((policy) => isAbout(claim, policy))) continue
    const names = [...policies.map(({ name }) => name), 'pins']
    throw new UsageError(
      `--assert ${claim.text}: there is no policy ${claim.policies}`,
      didYouMean(claim.policies, names) ?? `there is ${names.join(', ')}`,
    )
  }
}
