// A modest set of cues in the other large languages of the users. Same weights and rules as the English ones.
import type { CueRow } from './cues.ts'

/** Languages with spaces: matched on whole words. */
export const WORD_CUES: readonly CueRow[] = [
  // es, fr, it, pt, de, ru
  {
    label: 'translate',
    weight: 5,
    phrases: `traduce, traducir, traduzca, traducción, cómo se dice, traduis, traduire, traduisez, traduction,
      comment dit on, traduci, tradurre, traduca, traduzione, come si dice, traduza, traduzir, tradução, como se diz,
      übersetze, übersetzen, übersetzung, wie sagt man, auf englisch, переведи, переведите, перевод, как сказать`,
  },
  {
    label: 'summarize_extract',
    weight: 5,
    phrases: `resume, resumir, resúmeme, resumen, extrae, corrige el texto, résume, résumer, résumez, résumé, extrais,
      riassumi, riassunto, riassumere, estrai, resuma, resumo, extraia, fasse zusammen, fass zusammen,
      zusammenfassung, zusammenfassen, extrahiere, korrigiere, кратко изложи, резюмируй, перескажи, извлеки, сократи`,
  },
  {
    label: 'code',
    weight: 3,
    phrases: `código, función, programa, depura, algoritmo, consulta sql, expresión regular, code, fonction, programme,
      déboguer, débogue, algorithme, requête sql, expression régulière, codice, funzione, programma, espressione regolare,
      função, programa, expressão regular, depurar, funktion, programm, algorithmus, regulären ausdruck, debugge,
      код, функцию, функция, программу, скрипт, алгоритм, исправь ошибку, отладить`,
  },
  {
    label: 'reasoning',
    weight: 3,
    phrases: `resuelve, resolver, calcula, demuestra, ecuación, probabilidad, cuántos, cuántas, cuánto, résous, résoudre,
      calcule, calculez, démontre, équation, probabilité, combien, risolvi, calcola, dimostra, equazione, probabilità,
      quanti, quante, resolva, demonstre, equação, probabilidade, quantos, quantas, löse, lösen sie, berechne,
      berechnen sie, beweise, gleichung, wahrscheinlichkeit, wie viele, wie viel, реши, решите, вычисли, докажи,
      уравнение, вероятность, сколько`,
  },
  {
    label: 'creative',
    weight: 3,
    phrases: `poema, cuento, historia de, canción, chiste, guion, imagina, escribe una historia, escribe un poema, eres un,
      eres una, carta de, poème, conte, histoire, chanson, blague, imagine, écris, écrivez, rédiger, rédigez, lettre de,
      en tant que, poesia, racconto, storia, canzone, barzelletta, immagina, scrivi, lettera, come se fossi, conto,
      história, canção, piada, imagine, escreva, carta, como um, gedicht, geschichte, lied, witz, schreibe, schreiben sie,
      stell dir vor, stellen sie sich vor, als ein, brief, стихотворение, стих, рассказ, сказку, историю, песню, шутку,
      анекдот, напиши рассказ, придумай, представь`,
  },
  {
    label: 'general',
    weight: 2,
    phrases: `explica, explique, explicar, compara, cuáles son, cómo puedo, por qué, qué es, diferencia entre, consejos,
      explique, expliquer, comparez, quels sont, quelles sont, comment puis je, pourquoi, comment, différence entre,
      conseils, spiega, confronta, quali sono, come posso, perché, differenza tra, consigli, compare, quais são,
      como posso, por que, diferença entre, dicas, erkläre, erklären, vergleiche, welche, was sind, wie kann, warum, wie,
      unterschied zwischen, tipps, объясни, объясните, сравни, каковы, как, почему, какие, разница между, посоветуй`,
  },
  {
    label: 'simple',
    weight: 3,
    phrases: `hola, gracias, buenos días, adiós, qué hora es, capital de, bonjour, salut, merci, au revoir, quelle heure,
      capitale, ciao, grazie, buongiorno, olá, oi, obrigado, obrigada, bom dia, hallo, danke, guten morgen, tschüss,
      hauptstadt von, wie spät, привет, здравствуйте, спасибо, пока, доброе утро, столица`,
  },
]

/** Chinese, Japanese and Korean put no boundary between words: found anywhere in the text. */
export const SUBSTRING_CUES: readonly CueRow[] = [
  {
    label: 'translate',
    weight: 5,
    phrases: '翻译, 翻譯, 译成, 翻訳, 訳して, に訳, 번역, 영어로, 用英语怎么说, 英語で',
  },
  {
    label: 'summarize_extract',
    weight: 5,
    phrases: '总结, 摘要, 概括, 提取, 改写, 润色, 總結, 要約, まとめて, 抽出, 校正して, 言い換え, 요약, 추출, 교정해',
  },
  {
    label: 'code',
    weight: 3,
    phrases: `代码, 程式, 编程, 函数, 调试, 正则, 脚本, 编写一个程序, 算法, 数据库, 报错, コード, 関数, プログラム, デバッグ, バグ,
      スクリプト, 正規表現, アルゴリズム, 코드, 함수, 프로그램, 디버그, 버그, 스크립트, 정규식, 알고리즘`,
  },
  {
    label: 'reasoning',
    weight: 3,
    phrases: `证明, 求解, 计算, 方程, 概率, 多少, 推理, 解答, 証明, 計算, 方程式, 確率, いくつ, 何個, 何人, 解いて, 解け, 推論,
      증명, 계산, 방정식, 확률, 몇, 풀어, 추론`,
  },
  {
    label: 'creative',
    weight: 3,
    phrases: `写一首, 写一篇, 写一个故事, 诗, 故事, 笑话, 小说, 歌词, 想象, 假如你是, 作为一名, 写一封, 詩, 物語, 小説, 冗談, 歌詞,
      想像, 手紙, として, 書いて, 시를, 이야기, 소설, 농담, 가사, 상상, 편지, 로서, 작성`,
  },
  {
    label: 'general',
    weight: 2,
    phrases: `解释, 比较, 如何, 为什么, 怎么, 什么, 建议, 区别, 哪些, 説明, 比較, どうすれば, なぜ, どのように, 違い, 何です, どんな,
      설명, 비교, 어떻게, 왜, 무엇, 차이, 추천, 방법`,
  },
  {
    label: 'simple',
    weight: 3,
    phrases: '你好, 谢谢, 早上好, 再见, こんにちは, ありがとう, おはよう, 안녕, 감사, 고마워',
  },
]
