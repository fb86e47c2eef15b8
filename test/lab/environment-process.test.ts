import { ENVIRONMENT_PROCESS_CASES } from './cases/environment-process.ts'
import { registerCases } from './register.ts'

registerCases(ENVIRONMENT_PROCESS_CASES)
