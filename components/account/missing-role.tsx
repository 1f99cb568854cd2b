import { ButtonLink } from '#components/ui/button.tsx'

interface MissingRoleProps {
  needs: 'admin' | 'scorer'
  name: string
  role: string
}

const WHO = { admin: 'an admin', scorer: 'a scorer' } as const

/** Signed in, and still not for them: says which role is missing and who gives it. */
export function MissingRole({ needs, name, role }: MissingRoleProps) {
  return (
    <div className="page py-16 sm:py-24">
      <p aria-hidden className="figures text-hero">
        4–0–3
      </p>
      <h1 className="heading mt-6 text-xl">This page needs the role {needs}</h1>
      <p className="mt-2 max-w-prose text-soft">
        You are signed in as <strong className="font-semibold text-ink">{name}</strong>, {role === 'admin' ? 'an' : 'a'} {role}. An owner or
        an admin of this site can make you {WHO[needs]}.
      </p>
      <p className="mt-6 flex flex-wrap gap-2">
        {needs === 'admin' ? (
          <ButtonLink href="/score" look="ink" prefetch={false}>
            Games to score
          </ButtonLink>
        ) : (
          <ButtonLink href="/" look="ink">
            Today’s games
          </ButtonLink>
        )}
        <ButtonLink href="/account" prefetch={false}>
          Your account
        </ButtonLink>
      </p>
    </div>
  )
}
