// Saves one state after the other until it is killed. Bundled by kill-state-writer.ts.
import process from 'node:process'
import { StateFile } from '../../src/state/state-file.ts'

const opened = await StateFile.open({
  folder: process.argv[2] ?? '',
  name: 'serve',
  pid: process.pid,
  isRunning: (pid) => pid === process.ppid,
  wall: () => Date.now(),
})
if (opened.kind === 'memory' || opened.moved !== undefined) throw new Error(JSON.stringify(opened))
const marks = Array.from({ length: 20_000 }, () => process.pid)
for (let n = 0; ; n++) {
  await opened.file.save({ n, marks })
  if (n === 1) process.stdout.write('ready\n')
}
