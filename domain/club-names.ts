/** Words that say what kind of thing a club is, or join others: none of them tells one club from another. */
const COMMON: ReadonlySet<string> = new Set(
  [
    'club clubs team squad sports sport sporting athletic athletics association league academy school college university united city town',
    'basketball football soccer futsal tennis baseball softball hockey rugby volleyball handball cricket',
    'fc sc bc cf ac afc bbc hc rc tc vc cc sv tsv tus vfb vfl fv ev kk bk sk if ik ff rfc lfc women men ladies girls boys juniors youth',
    'the of de du des del di da do la le les los el a an and und y et e with for at am im in der die das von',
  ].flatMap(line => line.split(' ')),
)

const isOwn = (word: string) => /\p{L}/u.test(word) && !COMMON.has(word.toLowerCase().replace(/[^\p{L}]/gu, ''))

/** A club's name from its first word of its own to its last: of `Riverside Basketball Club` `Riverside`. Years and numbers are nobody's name. */
export function ownWords(name: string): string[] {
  const words = name.split(/\s+/)
  return words.slice(Math.max(0, words.findIndex(isOwn)), words.findLastIndex(isOwn) + 1)
}
