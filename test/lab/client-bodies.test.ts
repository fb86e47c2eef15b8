import { CLIENT_BODY_CASES } from './cases/client-bodies.ts'
import { registerCases } from './register.ts'

registerCases(CLIENT_BODY_CASES)
