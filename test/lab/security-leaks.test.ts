import { SECURITY_LEAK_CASES } from './cases/security-leaks.ts'
import { registerCases } from './register.ts'

registerCases(SECURITY_LEAK_CASES)
