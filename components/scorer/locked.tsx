'use client'
import { Button } from '#components/ui/button.tsx'
import { useConsole } from './console-context.ts'
import { useHold } from './use-hold.ts'

/** Over the keys while the phone is carried about. */
export function Locked() {
  const { setLocked } = useConsole()
  const hold = useHold(() => setLocked(false))
  return (
    <div className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-4 bg-paper/90 p-6 text-center" {...hold}>
      <p className="heading text-lg">Locked</p>
      <p className="max-w-64 text-soft">Hold anywhere to unlock, or press the button.</p>
      <Button size="l" onClick={() => setLocked(false)}>
        Unlock
      </Button>
    </div>
  )
}
