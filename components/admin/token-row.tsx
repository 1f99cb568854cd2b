'use client'
import { useRouter } from 'next/navigation'
import { request, sayError } from '#components/account/request.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Ago, LocalTime } from '#components/ui/local-time.tsx'
import { limitsText, type Token } from './admin-data.ts'
import { ConfirmTyped } from './confirm-typed.tsx'

export function TokenRow({ token }: { token: Token }) {
  const router = useRouter()
  const revoke = async () => {
    const answer = await request('DELETE', `/api/v1/admin/tokens/${encodeURIComponent(token.id)}`)
    if (!answer.ok) return sayError(answer.error)
    announce(`The token ${token.name} is revoked.`)
    router.refresh()
    return null
  }
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 grow basis-60">
        <p className="font-[560]">{token.name}</p>
        <p className="text-sm text-soft">
          {token.scopes.join(', ')} in {limitsText(token)}
          {token.rate === null ? null : `, ${token.rate} plays a second`}
        </p>
        <p className="text-xs text-soft">
          Made <Ago at={token.createdAt} />,{' '}
          {token.lastUsedAt ? (
            <>
              used <Ago at={token.lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
          {token.expiresAt ? (
            <>
              , ends <LocalTime at={token.expiresAt} show="day" />
            </>
          ) : null}
        </p>
      </div>
      <ConfirmTyped action="Revoke" title={`Revoke ${token.name}`} word="revoke" onConfirm={revoke}>
        <p>Whatever uses this token is cut off within two seconds. A revoked token does not come back.</p>
      </ConfirmTyped>
    </li>
  )
}
