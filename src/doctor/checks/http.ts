import type { Provider } from '../../providers/types.ts'
import type { Check } from '../check.ts'
import type { HttpAnswer } from '../effects.ts'
import { error, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'
import { checkStep } from './steps.ts'

export const http: Check = {
  id: 'http',
  title: 'whether what answers is the API of the provider',
  needs: 'network',
  run: async (world) => {
    const answers = await Promise.all(
      remoteProviders(world).map(async (provider) => {
        const { answer } = await world.probe(provider)
        return answer === undefined ? [] : judge(world, provider, answer)
      }),
    )
    return [...(await checkStep(world, 'http')), ...answers.flat()]
  },
}

/** What a status or a content type says, besides about the key (that is the check `auth`). */
function judge(world: World, { name, origin }: Provider, { status, headers }: HttpAnswer): Observation[] {
  const source = sourceOf(world, name)
  if (status >= 300 && status < 400) {
    const means = 'sage never follows a redirect, for it would take the key along'
    const fix = `write the address it points to into base_url: ${withoutQuery(headers['location'] ?? 'none is given')}`
    return [error('http-redirect', `${name}: ${origin} redirects (status ${status})`, { means, fix, source })]
  }
  if (/^text\/html/i.test(headers['content-type'] ?? '')) {
    const means = 'a proxy, a login page of a hotel or company, or a website answers instead of the API'
    const fix = 'open the address in a browser, and check base_url'
    return [error('http-page', `${name}: ${origin} answers with a web page (status ${status})`, { means, fix, source })]
  }
  if (status === 404 || status === 405) {
    const means = 'the path of base_url is probably wrong; some servers only lack the list'
    const fix = 'check base_url; most end in /v1; try: sage doctor --live'
    return [
      warning('http-no-list', `${name}: no list of models below base_url (status ${status})`, { means, fix, source }),
    ]
  }
  if (status >= 500) {
    const means = 'the provider is in trouble; sage goes on with the others'
    const fix = 'wait, and look at the status page of the provider'
    return [error('http-server-error', `${name}: ${origin} answers with status ${status}`, { means, fix, source })]
  }
  return []
}

/** A redirect may carry credentials behind the question mark. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/, '').slice(0, 200)
}
