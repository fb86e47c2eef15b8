import { PROFILE_MEANING_CASES } from './cases/profile-meaning.ts'
import { registerCases } from './register.ts'

registerCases(PROFILE_MEANING_CASES)
