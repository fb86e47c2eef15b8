/** The new text of a file, or why a person has to change it. */
export type Merged = { text: string; refused?: undefined } | { text?: undefined; refused: string }
