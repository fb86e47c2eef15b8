import { CLIENT_CONNECTION_CASES } from './cases/client-connections.ts'
import { registerCases } from './register.ts'

registerCases(CLIENT_CONNECTION_CASES)
