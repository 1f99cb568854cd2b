'use client'
import { useState } from 'react'
import { Empty } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Choices, Token } from './admin-data.ts'
import { NewToken } from './new-token.tsx'
import { SecretOnce } from './secret-once.tsx'
import { TokenRow } from './token-row.tsx'

export function TokensPage({ tokens, choices }: { tokens: Token[]; choices: Choices }) {
  const [made, setMade] = useState<{ id: string; name: string; secret: string } | null>(null)
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <h1 className="sr-only">Tokens</h1>
      <Section title="Tokens" aside="for programs, over HTTP and sockets">
        {tokens.length > 0 ? (
          <ul>
            {tokens.map(token => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        ) : (
          <Empty title="No tokens">A feed, a scoreboard or a script of yours shows one instead of a password.</Empty>
        )}
      </Section>
      <Section title="Make a token">
        <div className="mt-5 grid gap-5">
          {made ? (
            <SecretOnce key={made.id} title={`The token “${made.name}”`} name="Token" secret={made.secret} onDone={() => setMade(null)}>
              <p className="mt-1 text-xs text-soft">
                It goes into the header <code className="font-mono">Authorization: Bearer …</code>, never into an address.
              </p>
            </SecretOnce>
          ) : null}
          <NewToken choices={choices} onMade={setMade} />
        </div>
      </Section>
    </div>
  )
}
