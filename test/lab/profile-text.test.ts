import { PROFILE_TEXT_CASES } from './cases/profile-text.ts'
import { registerCases } from './register.ts'

registerCases(PROFILE_TEXT_CASES)
