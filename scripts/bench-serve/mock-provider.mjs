// A provider that costs as little as possible: raw sockets, fixed answers, no look at the body but for `"stream":true`.
import { createServer } from 'node:net'
import process from 'node:process'

const HEAD_END = Buffer.from('\r\n\r\n')
const [chunks, everyMs] = [Number(process.argv[2]), Number(process.argv[3])]

const chatText = (content) =>
  `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":${content},"finish_reason":null}]}\n\n`
const CHAT = {
  whole:
    '{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Four is the answer to that."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":6,"total_tokens":15}}',
  first: chatText('{"role":"assistant","content":""}'),
  piece: chatText('{"content":" and so on"}'),
  last: 'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":6,"total_tokens":15}}\n\ndata: [DONE]\n\n',
}

const framed = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const WHOLE = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(CHAT.whole)}\r\n\r\n${CHAT.whole}`,
)
const BEGIN = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n${framed(CHAT.first)}`,
)
const PIECE = Buffer.from(framed(CHAT.piece))
const END = Buffer.from(`${framed(CHAT.last)}0\r\n\r\n`)

function answer(socket, head, body) {
  if (!/"stream":\s*true/.test(body)) return socket.write(WHOLE)
  socket.write(BEGIN)
  let left = chunks
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer)
    if (left-- > 0) return socket.write(PIECE)
    clearInterval(timer)
    socket.write(END)
  }, everyMs)
}

createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  let parts = []
  let size = 0
  let need = 0
  let head = ''
  socket.on('data', (part) => {
    parts.push(part)
    size += part.length
    for (;;) {
      if (need === 0) {
        const all = parts.length === 1 ? parts[0] : Buffer.concat(parts)
        parts = [all]
        const end = all.indexOf(HEAD_END)
        if (end < 0) return
        head = all.latin1Slice(0, end)
        if (/transfer-encoding: chunked/i.test(head)) throw new Error('a body of unknown length')
        need = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      }
      if (size < need) return
      const all = parts.length === 1 ? parts[0] : Buffer.concat(parts)
      // The marker is at one end of the body, wherever the proxy puts it.
      const from = head.length + 4
      const body =
        need - from < 8192
          ? all.latin1Slice(from, need)
          : all.latin1Slice(from, from + 2048) + all.latin1Slice(need - 2048, need)
      answer(socket, head, body)
      const rest = all.subarray(need)
      parts = rest.length > 0 ? [rest] : []
      size = rest.length
      need = 0
      if (size === 0) return
    }
  })
}).listen(0, '127.0.0.1', function () {
  process.stdout.write(`listening on http://127.0.0.1:${this.address().port}\n`)
})
