/** `30–40` and `break point`; `4–4` and `Tie-break`; `Top 3` and `1 out`. */
export function splitMiddle(middle: string | undefined): { big: string | null; small: string } {
  if (!middle) return { big: null, small: '' }
  const [first = '', ...rest] = middle.split(', ')
  const figures = /\d\S*–\S+$/.exec(first)
  const before = figures ? first.slice(0, figures.index).trim() : ''
  return { big: figures?.[0] ?? first, small: [before, ...rest].filter(Boolean).join(', ') }
}
