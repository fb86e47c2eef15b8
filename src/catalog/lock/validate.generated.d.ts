// Generated from schemas/lock.schema.json by `npm run generate`. Do not edit.
import type { ErrorObject } from 'ajv'
import type { LockDocument } from './types.generated.ts'

export declare const validate: {
  (data: unknown): data is LockDocument
  errors?: null | ErrorObject[]
}
