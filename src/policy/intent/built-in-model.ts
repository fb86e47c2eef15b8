import { decodeModel, type IntentModel } from './model.ts'
import { ENCODED_MODEL } from './model.generated.ts'

let decoded: IntentModel | undefined

/** The model that comes with the program, decoded at its first use. */
export function builtInModel(): IntentModel {
  return (decoded ??= decodeModel(ENCODED_MODEL))
}
