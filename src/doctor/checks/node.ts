import type { Check } from '../check.ts'
import { NODE_END_OF_LIFE, NODE_FLOORS, NODE_OPEN_FLOOR } from '../data/node-releases.ts'
import { error, ok, warning } from '../finding.ts'

const FIX = 'install Node 24 (https://nodejs.org), or: nvm install 24'

export const node: Check = {
  id: 'node',
  title: 'the version of Node',
  run: async ({ nodeVersion, effects }) => {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
    const floor = NODE_FLOORS[major]
    if (floor === undefined ? major < NODE_OPEN_FLOOR : minor < floor) {
      const means = 'sage is tested on 20.19, 22.12 and newer ones; what it needs may be missing here'
      return [error('node-too-old', `Node ${nodeVersion} is older than sage supports`, { means, fix: FIX })]
    }
    const end = NODE_END_OF_LIFE[major]
    if (end !== undefined && effects.now() >= Date.parse(end)) {
      const means = 'holes found in it are no longer closed, and sage will leave it behind with its next major version'
      return [warning('node-end-of-life', `support of Node ${major} ended on ${end}`, { means, fix: FIX })]
    }
    return [ok('node', `Node ${nodeVersion}${end === undefined ? '' : `, supported until ${end}`}`)]
  },
}
