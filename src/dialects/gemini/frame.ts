/** One server-sent event, with the line ends that the API writes. */
export function encodeFrame(chunk: Record<string, unknown>): string {
  return `data: ${JSON.stringify(chunk)}${FRAME_END}`
}

const FRAME_END = '\r\n\r\n'

/** The JSON texts of some frames; JSON itself holds no line end. */
export function splitFrames(frames: string): string[] {
  return frames
    .split(FRAME_END)
    .filter((frame) => frame !== '')
    .map((frame) => frame.slice('data: '.length))
}
