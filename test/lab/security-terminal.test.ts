import { SECURITY_TERMINAL_CASES } from './cases/security-terminal.ts'
import { registerCases } from './register.ts'

registerCases(SECURITY_TERMINAL_CASES)
