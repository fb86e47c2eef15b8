// Generated from schemas/profile.schema.json by `npm run generate`. Do not edit.
import type { ErrorObject } from 'ajv'
import type { ProfileDocument } from './types.generated.ts'

export declare const validate: {
  (data: unknown): data is ProfileDocument
  errors?: null | ErrorObject[]
}
