import type { Check } from '../check.ts'
import { checkStep } from './steps.ts'

export const tls: Check = {
  id: 'tls',
  title: 'whether the connections to the providers are safe',
  needs: 'network',
  run: (world) => checkStep(world, 'tls'),
}
