import type { Profile, ProfileProvider } from '../../src/profile/types.ts'
import { Secret } from '../../src/secrets/secret.ts'

const SOURCE = { file: 'test', line: 1, column: 1 }

/** A provider of a profile with everything optional left out. */
export function profileProvider(given: Partial<ProfileProvider> & Pick<ProfileProvider, 'kind'>): ProfileProvider {
  return {
    name: 'p',
    keys: [],
    headers: {},
    quirks: {},
    defaults: {},
    timeouts: {},
    models: [],
    source: SOURCE,
    ...given,
  }
}

export function profileOf(...providers: ProfileProvider[]): Profile {
  const serve = {
    host: '127.0.0.1',
    port: 0,
    max_body_bytes: 1,
    refresh: false,
    reload: false,
    drain_ms: 30_000,
    state: false,
  }
  return { file: 'test', serve, providers, policies: [], aliases: [], pins: [] }
}

/** Looks secrets up in a table of reference → value. */
export function secretsFrom(table: Record<string, string>): (reference: string) => Secret | undefined {
  return (reference) => {
    const value = table[reference]
    return value === undefined ? undefined : new Secret(value, reference)
  }
}
