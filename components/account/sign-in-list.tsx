import { LocalTime } from '#components/ui/local-time.tsx'
import { browserName } from './browser-name.ts'

export interface SignIn {
  id: string
  since: string
  userAgent: string
  isThisOne: boolean
}

/** The browsers somebody is signed in with. */
export function SignInList({ signIns }: { signIns: SignIn[] }) {
  return (
    <ul>
      {signIns.map(signIn => (
        <li key={signIn.id} className="flex min-h-13 items-center justify-between gap-4 border-b border-line py-2">
          <span className="font-[560]">{browserName(signIn.userAgent)}</span>
          <span className="text-sm text-soft">
            {signIn.isThisOne ? <strong className="font-semibold text-ink">this one, </strong> : null}
            since <LocalTime at={signIn.since} show="both" />
          </span>
        </li>
      ))}
    </ul>
  )
}
