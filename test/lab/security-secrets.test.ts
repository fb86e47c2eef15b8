import { SECURITY_FIDELITY_CASES } from './cases/security-fidelity.ts'
import { SECURITY_SECRET_CASES } from './cases/security-secrets.ts'
import { registerCases } from './register.ts'

registerCases([...SECURITY_SECRET_CASES, ...SECURITY_FIDELITY_CASES])
