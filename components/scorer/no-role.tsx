import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'

/** Signed in, but not for this: says which role, or which games, are missing and who can give them. */
export function NoRole({ needs, what }: { needs: 'scorer' | 'competition'; what: string }) {
  const isLimited = needs === 'competition'
  return (
    <div className="page">
      <Empty title={isLimited ? `${what} needs a competition` : `${what} needs the role ${needs}`}>
        <p>
          {isLimited
            ? 'Your account scores the games it was given. An admin of this site can give it a competition, or every game.'
            : 'Your account does not have it here. An admin of this site can give it to you.'}
        </p>
        <p className="mt-4 flex flex-wrap gap-2">
          <ButtonLink href="/score">Games you may score</ButtonLink>
          <ButtonLink href="/" look="plain">
            Today’s games
          </ButtonLink>
        </p>
      </Empty>
    </div>
  )
}
