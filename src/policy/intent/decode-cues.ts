import type { Cue } from './cue.ts'
import { cueOf } from './cue.ts'
import type { CueIndex, Cues } from './cue-index.ts'
import { filterOf } from './cue-index.ts'
import type { EncodedCues, EncodedIndex } from './encode-cues.ts'
import { TEXT_LABELS } from './labels.ts'

/** The index that was encoded. A cue is made at its first look-up: of thousands, a turn has a handful. */
export function decodeCues({ words, stems, anywhere }: EncodedCues): Cues {
  return { words: decode(words), stems: decode(stems), anywhere: decode(anywhere) }
}

function decode({ hashes: encoded, cues, shortest, longest }: EncodedIndex): CueIndex {
  const bytes = Buffer.from(encoded, 'base64')
  const hashes = Int32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readInt32LE(at * 4))
  const texts = cues.split('\n')
  const known: (readonly Cue[])[] = []
  const find = (hash: number): readonly Cue[] | undefined => {
    const at = placeOf(hashes, hash)
    return at === -1 ? undefined : (known[at] ??= (texts[at] ?? '').split('\t').map(decodeCue))
  }
  return { filter: filterOf(hashes), find, shortest, longest }
}

function decodeCue(text: string): Cue {
  return cueOf(TEXT_LABELS[Number(text[0])] ?? '', Number(text[1]), text.slice(2))
}

/** Place of a number among ascending ones; -1 when it is not there. */
function placeOf(sorted: Int32Array, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] ?? 0
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
