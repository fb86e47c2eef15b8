/** Collects what a request had to leave out, each thing once. */
export interface Notes {
  add(note: string): void
  list(): string[]
}

export function createNotes(): Notes {
  const notes = new Set<string>()
  return {
    add: (note) => void notes.add(note),
    list: () => [...notes],
  }
}
