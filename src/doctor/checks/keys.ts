import type { Provider } from '../../providers/types.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Check } from '../check.ts'
import { KEY_SHAPES, PLACEHOLDER } from '../data/key-shapes.ts'
import { error, info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { setVariable } from '../shell.ts'
import { sourceOf } from '../world.ts'
import type { World } from '../world.ts'

/** No provider gives out shorter ones, in characters. */
const SHORTEST = 16

export const keys: Check = {
  id: 'keys',
  title: 'keys that are missing or cannot be right; their values are never shown',
  run: async (world) => {
    const providers = world.profile.providers.filter(({ keys: list, missingKey }) => list.length > 0 || missingKey)
    const found = [...providers.flatMap((provider) => judge(world, provider)), ...shadowed(world)]
    const sound = providers.filter(({ name }) => !found.some(({ message }) => message.startsWith(`${name}: `)))
    if (sound.length > 0) found.push(ok('keys', `keys of ${sound.map(({ name }) => name).join(', ')} look right`))
    return found
  },
}

function judge(world: World, provider: Provider): Observation[] {
  const { name, origin, keys: list } = provider
  const source = sourceOf(world, name)
  const say = (make: typeof error, code: string, text: string, means: string, fix: string): Observation =>
    make(code, `${name}: ${text}`, { means, fix, source })
  const found = missing(world, provider).map(([reference, problem]) => {
    const isUseless = list.length === 0
    const means = isUseless ? `${name} is left out, and its models are never used` : 'sage goes on with the other keys'
    return say(isUseless ? error : warning, 'key-missing', problem, means, howToSet(reference, world))
  })
  for (const [at, key] of list.entries()) {
    const value = key.reveal()
    const problem = malformed(value, provider.local)
    const shape = KEY_SHAPES.find((each) => each.origin === origin)
    const other = KEY_SHAPES.find(({ pattern }) => pattern.test(value))
    const page = shape === undefined ? '' : `; keys are made at ${shape.page}`
    if (problem !== undefined) {
      const means = `${name} will refuse it`
      found.push(say(error, 'key-malformed', `${key.reference} ${problem}`, means, `set it to the key alone${page}`))
    } else if (shape !== undefined && !shape.pattern.test(value)) {
      const looks = other === undefined ? '' : `; it looks like one of ${other.title}`
      const text = `${key.reference} does not look like a key of ${shape.title}${looks}`
      found.push(say(warning, 'key-shape', text, `${shape.title} will probably refuse it`, `check the variable${page}`))
    }
    const before = list.slice(0, at).find((each) => each.reveal() === value)
    if (before !== undefined) {
      const text = `${key.reference} is the same key as ${before.reference}`
      const means = 'when one is over its limit, so is the other'
      found.push(say(warning, 'key-twice', text, means, 'remove one of the two from the profile'))
    }
  }
  return found
}

/** References that lead to no key. A usual variable that the profile does not name counts only when there is no other. */
function missing({ profile }: World, { name, missingKey }: Provider): [reference: string, problem: string][] {
  const named = profile.profile?.providers.find((provider) => provider.name === name)?.keys ?? []
  const references = named.length > 0 ? named : (missingKey ?? '').split(', ').filter((each) => each !== '')
  return references.flatMap((reference) => {
    const { problem } = profile.lookUp(reference)
    return problem === undefined ? [] : [[reference, problem]]
  })
}

/** What is wrong with a key; undefined when nothing is. A server of one's own may well be content with `none`. */
function malformed(value: string, isLocal: boolean): string | undefined {
  if (/^["'`].*["'`]$/.test(value)) return 'has quotes around it'
  if (/^Bearer\s/i.test(value)) return 'begins with "Bearer", which sage adds itself'
  if (!isLocal && PLACEHOLDER.test(value)) return 'is a placeholder, not a key'
  if (/\s/.test(value)) return 'has a space in it'
  if (/[^\x21-\x7e]/.test(value)) return 'has characters in it that no header can carry'
  return !isLocal && value.length < SHORTEST ? `has ${value.length} characters, which is too short` : undefined
}

function howToSet(reference: string, { platform }: World): string {
  const name = reference.slice(reference.indexOf(':') + 1)
  if (reference.startsWith('file:')) return `write the key into ${name}`
  return `${setVariable(name, '…', platform)}, or add ${name}=… to .env`
}

/** Variables that `.env` gives another value than the environment, which wins. */
function shadowed({ profile, processEnv, dotenv }: World): Observation[] {
  const used = profile.providers.flatMap(({ keys: list }) => list.map((key: Secret) => key.reference))
  return used.flatMap((reference) => {
    const name = reference.slice('env:'.length)
    const [mine, written] = [processEnv[name], dotenv[name]]
    if (!reference.startsWith('env:') || mine === undefined || written === undefined || mine === written) return []
    const means = 'the environment wins; what .env says is not used'
    return info('key-shadowed', `${name} has one value in the environment and another in .env`, { means })
  })
}
