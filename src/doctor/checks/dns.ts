import type { Check } from '../check.ts'
import { checkStep } from './steps.ts'

export const dns: Check = {
  id: 'dns',
  title: 'whether the names of the providers can be looked up',
  needs: 'network',
  run: (world) => checkStep(world, 'dns'),
}
