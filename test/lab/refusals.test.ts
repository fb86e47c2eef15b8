import { REFUSAL_CASES } from './cases/refusals.ts'
import { registerCases } from './register.ts'

registerCases(REFUSAL_CASES)
