import { OUTAGE_CASES } from './cases/outage.ts'
import { registerCases } from './register.ts'

registerCases(OUTAGE_CASES)
