import { STREAM_CASES } from './cases/streams.ts'
import { registerCases } from './register.ts'

registerCases(STREAM_CASES)
