import { SECURITY_ACCESS_CASES } from './cases/security-access.ts'
import { registerCases } from './register.ts'

registerCases(SECURITY_ACCESS_CASES)
