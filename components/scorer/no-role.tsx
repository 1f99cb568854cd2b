import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/notice.tsx'

/** Signed in, but not for this: says which role is missing and who can give it. */
export function NoRole({ needs, what }: { needs: string; what: string }) {
  return (
    <div className="page">
      <Empty title={`${what} needs the role ${needs}`}>
        <p>Your account does not have it here. An admin of this site can give it to you.</p>
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
