const PLACES = [
  { base: 2, x: 11, y: 1 },
  { base: 3, x: 3, y: 9 },
  { base: 1, x: 19, y: 9 },
] as const
const WORDS = ['', 'first', 'second', 'third']

/** The diamond seen from behind the plate; occupied bases are filled. */
export function Bases({ occupied }: { occupied: readonly number[] }) {
  const on = occupied.map(base => WORDS[base]).join(' and ')
  return (
    <svg viewBox="0 0 30 20" className="h-6 w-9" role="img" aria-label={on ? `Runners on ${on}` : 'Bases empty'}>
      {PLACES.map(({ base, x, y }) => (
        <rect
          key={base}
          x={x}
          y={y}
          width="7"
          height="7"
          transform={`rotate(45 ${x + 3.5} ${y + 3.5})`}
          className={occupied.includes(base) ? 'fill-ink stroke-ink' : 'fill-none stroke-edge'}
          strokeWidth="1.2"
        />
      ))}
    </svg>
  )
}
