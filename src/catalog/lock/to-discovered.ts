import type { DiscoveredModel } from '../types.ts'
import type { LockedModel, ReportedModel } from './types.ts'

/** Sources of `local` that are the profile's own words: the profile as it is now knows better. */
const FROM_PROFILE: ReadonlySet<string> = new Set(['profile', 'base_url'])

/** What a provider or the lock said of a model, as the catalogue takes it. */
export function toDiscovered(id: string, facts: Omit<ReportedModel, 'id'> | LockedModel): DiscoveredModel {
  const { local, chat, capabilities, context, output, price } = facts
  const isRemote = local !== undefined && !local.value && !FROM_PROFILE.has(local.from)
  return {
    id,
    ...(isRemote && { remote: true }),
    ...(chat !== undefined && { chat: chat.value }),
    ...(capabilities !== undefined && { capabilities: capabilities.value }),
    ...(context !== undefined && { context: context.value }),
    ...(output !== undefined && { output: output.value }),
    ...(price !== undefined && { price: price.value }),
  }
}
