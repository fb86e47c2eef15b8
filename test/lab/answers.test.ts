import { ANSWER_CASES } from './cases/answers.ts'
import { registerCases } from './register.ts'

registerCases(ANSWER_CASES)
