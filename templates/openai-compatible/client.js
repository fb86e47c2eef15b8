import OpenAI from 'openai'

const client = new OpenAI({ baseURL: '{{openai_base_url}}', apiKey: '{{api_key}}' })
const answer = await client.chat.completions.create({
  model: '{{model}}',
  messages: [{ role: 'user', content: 'hello' }],
})
