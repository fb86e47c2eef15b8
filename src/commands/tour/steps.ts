/** One stop of the tour: a request as a client would send it, and what must come of it. */
export interface TourStep {
  title: string
  /** What the client sees happen. */
  lesson: string
  body: Record<string, unknown>
  expect: { model: string; attempts: number }
}

/** One white pixel, as PNG. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=='

export const TOUR: readonly TourStep[] = [
  {
    title: 'A code prompt',
    lesson: 'the rule for code sends it to the coding model',
    body: {
      model: 'auto',
      messages: [{ role: 'user', content: 'Fix the bug in this function: def add(a, b): return a - b' }],
    },
    expect: { model: 'steady/coder', attempts: 1 },
  },
  {
    title: 'A picture',
    lesson: 'only a model that can see may have it',
    body: {
      model: 'auto',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in this picture?' },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
          ],
        },
      ],
    },
    expect: { model: 'steady/vision', attempts: 1 },
  },
  {
    title: 'A poem, streamed, while two providers fail',
    lesson: 'the first answers 429, the second dies before its first byte; the client sees one clean stream',
    body: { model: 'auto', stream: true, messages: [{ role: 'user', content: 'Write a poem about the sea.' }] },
    expect: { model: 'steady/writer', attempts: 3 },
  },
]
