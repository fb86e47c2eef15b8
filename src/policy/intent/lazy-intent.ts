import type { Evidence, Intent } from '../types.ts'

const EXPLAIN = Symbol('explain')
const FOUND = Symbol('found')

interface LazyIntent extends Intent {
  [EXPLAIN]: () => Evidence[]
  [FOUND]: Evidence[] | undefined
}

/** One getter for all: a getter of its own would give every intent a hidden class of its own. */
const EVIDENCE: PropertyDescriptor & ThisType<LazyIntent> = {
  enumerable: true,
  configurable: true,
  get() {
    return (this[FOUND] ??= this[EXPLAIN]())
  },
}

/** An intent whose evidence is worked out when somebody looks at it: the server mostly does not. */
export function lazyIntent(label: string, confidence: number, explain: () => Evidence[]): Intent {
  const intent = { label, confidence, evidence: [] as Evidence[] }
  Object.defineProperty(intent, EXPLAIN, { value: explain })
  Object.defineProperty(intent, FOUND, { value: undefined, writable: true })
  return Object.defineProperty(intent, 'evidence', EVIDENCE)
}
