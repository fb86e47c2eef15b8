// Writes two locks in turn until it is killed: node --import tsx write-lock-forever.mjs <path>
import { EMPTY_LOCK, mergeLock } from '../../src/catalog/lock/merge.ts'
import { lockText } from '../../src/catalog/lock/write.ts'
import { writeLock } from '../../src/commands/write-lock.ts'

const path = process.argv[2]
const models = Array.from({ length: 2000 }, (_, i) => ({ id: `m${i}`, local: { value: true, from: 'base_url' } }))
const texts = ['2026-09-01', '2026-10-01'].map((date) => {
  const report = { provider: 'p', kind: 'ollama', baseUrl: 'http://127.0.0.1:1', models }
  return lockText(mergeLock(EMPTY_LOCK, [report], new Set(['p']), date))
})
for (let i = 0; ; i++) {
  await writeLock({ path, name: 'sage.lock.yaml' }, texts[i % 2])
  if (i === 1) process.stdout.write('ready\n')
}
