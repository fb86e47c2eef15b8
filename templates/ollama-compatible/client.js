import { Ollama } from 'ollama'

const client = new Ollama({ host: '{{base_url}}', headers: { authorization: 'Bearer {{api_key}}' } })
const answer = await client.chat({ model: '{{model}}', messages: [{ role: 'user', content: 'hello' }] })
