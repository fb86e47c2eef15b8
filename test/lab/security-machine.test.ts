import { SECURITY_MACHINE_CASES } from './cases/security-machine.ts'
import { registerCases } from './register.ts'

registerCases(SECURITY_MACHINE_CASES)
