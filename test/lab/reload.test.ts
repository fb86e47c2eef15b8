import { RELOAD_CASES } from './cases/reload.ts'
import { registerCases } from './register.ts'

registerCases(RELOAD_CASES)
