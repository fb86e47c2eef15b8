import { parseDotenv } from '../../secrets/dotenv.ts'
import type { Merged } from './merged.ts'

/** Puts the variables of a `.env` text into another: those that are there get the new value, the others come behind. */
export function mergeEnv(text: string, wanted: string): Merged {
  if (text.trim() === '') return { text: wanted }
  const old = parseDotenv(text)
  const data = parseDotenv(wanted)
  const lines = text.split('\n')
  const fresh: string[] = []
  for (const line of wanted.trimEnd().split('\n')) {
    const name = /^([A-Z]\w*)=/.exec(line)?.[1]
    if (name === undefined || old[name] === data[name]) continue
    const place = lines.findLastIndex((each) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(each))
    if (place === -1) fresh.push(line)
    else lines[place] = line
  }
  const kept = lines.join('\n')
  const merged =
    fresh.length === 0 ? kept : `${kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`}${fresh.join('\n')}\n`
  const read = parseDotenv(merged)
  const isRight = Object.entries({ ...old, ...data }).every(([name, value]) => read[name] === value)
  return isRight ? { text: merged } : { refused: 'it has values over several lines' }
}
