import { isAbsolute, join } from 'node:path'
import type { Check } from '../check.ts'
import { SURPRISING_NODE_OPTIONS } from '../data/node-options.ts'
import { error, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { unsetVariable } from '../shell.ts'
import type { World } from '../world.ts'

/** Smallest heap that holds a few agents' requests at once, in MiB. */
const SMALLEST_HEAP = 256

export const nodeSettings: Check = {
  id: 'node-settings',
  title: 'variables that change how Node works',
  run: async (world) => {
    const found = [...readOptions(world), ...readTls(world), ...(await readCertificates(world))]
    return found.length > 0 ? found : [ok('node-settings', 'no variable changes how Node works')]
  },
}

function readOptions({ processEnv, platform }: World): Observation[] {
  const given = (processEnv['NODE_OPTIONS'] ?? '').split(/\s+/).filter((option) => option !== '')
  const fix = unsetVariable('NODE_OPTIONS', platform)
  return given.flatMap((option) => {
    const heap = /^--max[-_]old[-_]space[-_]size=(\d+)$/.exec(option)
    if (heap !== null && Number(heap[1]) < SMALLEST_HEAP) {
      const means = 'sage may run out of memory with a few large requests at once'
      return warning('node-options-heap', `NODE_OPTIONS leaves Node ${heap[1]} MiB of memory`, { means, fix })
    }
    const known = SURPRISING_NODE_OPTIONS.find(({ pattern }) => pattern.test(option))
    if (known === undefined) return []
    const message = `NODE_OPTIONS has ${option.replace(/=.*/, '')}`
    return (known.level === 'error' ? error : warning)('node-options', message, { means: known.means, fix })
  })
}

function readTls({ processEnv, platform }: World): Observation[] {
  if (processEnv['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return []
  const means = 'certificates are not checked: whoever sits between sage and a provider can read keys and prompts'
  const fix =
    `${unsetVariable('NODE_TLS_REJECT_UNAUTHORIZED', platform)}; ` +
    "for a company's own certificate set NODE_EXTRA_CA_CERTS to its file"
  return [error('tls-unchecked', 'NODE_TLS_REJECT_UNAUTHORIZED is 0', { means, fix })]
}

async function readCertificates({ processEnv, cwd, effects }: World): Promise<Observation[]> {
  const path = processEnv['NODE_EXTRA_CA_CERTS']
  if (path === undefined || path === '') return []
  const text = await effects.files.read(isAbsolute(path) ? path : join(cwd, path))
  if (text?.includes('-----BEGIN CERTIFICATE-----') === true) return []
  const problem = text === undefined ? 'which cannot be read' : 'which has no certificate in PEM format'
  const means = "Node ignores it, so a company's own certificates are not trusted"
  const fix = 'let NODE_EXTRA_CA_CERTS name a readable PEM file'
  return [warning('extra-certificates', `NODE_EXTRA_CA_CERTS names ${path}, ${problem}`, { means, fix })]
}
