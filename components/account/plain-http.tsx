import { cx } from '#components/ui/cx.ts'

/** Stands wherever somebody signs in or manages, for as long as the site has no https address. */
export function PlainHttp({ className }: { className?: string }) {
  return (
    <details className={cx('border-s-4 border-warn text-sm', className)}>
      <summary className="flex min-h-11 items-center gap-3 ps-4 py-2">
        <span className="grow">
          <strong className="font-semibold">Plain http.</strong> Passwords and sign-ins travel unprotected.
        </span>
        <span className="shrink-0 font-semibold underline underline-offset-4">What is lost</span>
      </summary>
      <ul className="list-disc space-y-1 ps-9 pe-4 pb-3">
        <li>Whoever shares this network can read what is sent, passwords too.</li>
        <li>Signing in works from this machine and its own network only.</li>
        <li>A phone can neither keep its screen on for the scorer nor install the site as an app.</li>
        <li>
          To end this, put the site behind https and set <code className="font-mono text-xs">PUBLIC_URL</code> to its https address.
        </li>
      </ul>
    </details>
  )
}

/** In the place of the form, where signing in cannot work. */
export function NotFromHere({ what }: { what: string }) {
  return (
    <div className="border-s-4 border-warn bg-warn-tint px-4 py-3 text-sm">
      <p className="font-semibold">{what} does not work from here</p>
      <p className="mt-1">
        This site speaks plain http, and your address is outside its own network: a password would cross the internet for everybody to read.
        Come from the hall’s own network, or ask whoever runs the site to set <code className="font-mono text-xs">PUBLIC_URL</code> to an
        https address.
      </p>
    </div>
  )
}
