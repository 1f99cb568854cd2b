/** Names that speak for the league: taken whole, however they are spaced and dressed … */
const WHOLE = new Set(['admin', 'administrator', 'moderator', 'owner', 'sideline', 'scorer', 'official', 'system'])
/** … and those that no name may hold as a word. */
const WORDS = new Set(['admin', 'administrator', 'moderator', 'sideline', 'official'])

/** Letters of other alphabets, and signs, that are read as Latin ones. */
const READ_AS: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  і: 'i',
  ї: 'i',
  ј: 'j',
  ӏ: 'l',
  м: 'm',
  о: 'o',
  р: 'p',
  с: 'c',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ԁ: 'd',
  α: 'a',
  ε: 'e',
  ι: 'i',
  ο: 'o',
  ρ: 'p',
  ɑ: 'a',
  ı: 'i',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '|': 'l',
  '!': 'i',
}

/** A guest's name that a reader could take for the league's own. */
export function speaksForTheLeague(name: string): boolean {
  const letters = name
    .normalize('NFKD')
    // Marks on letters, and what is not seen at all.
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
  const read = Array.from(letters, letter => READ_AS[letter] ?? letter).join('')
  const words = read.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return WHOLE.has(words.join('')) || words.some(word => WORDS.has(word))
}

/** No script puts more than a few marks on a letter; towers of them cover the lines above and below. */
export const withoutTowers = (text: string) => text.replace(/(\p{M}{4})\p{M}+/gu, '$1')
