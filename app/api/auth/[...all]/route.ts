import { refusal } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

/** Sign-in and sign-out belong to the accounts; they get the request as it came. */
async function toAccounts(request: Request): Promise<Response> {
  const checked = app().checkRequest(request.method, request.headers)
  return checked.ok ? app().accounts.handler(request) : refusal(checked.error)
}

export const GET = toAccounts
export const POST = toAccounts
