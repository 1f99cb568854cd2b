'use client'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import { cx } from './cx.ts'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** `sheet` rises from the bottom edge of a phone, within the thumb's reach. */
  place?: 'middle' | 'sheet'
  footer?: ReactNode
  children: ReactNode
}

/** The browser's own modal dialog: it keeps focus, closes on Escape and stands above everything. */
export function Dialog({ open, onClose, title, place = 'middle', footer, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open === open) return
    if (open) dialog.showModal()
    else dialog.close()
  }, [open])
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      className={cx(
        'max-h-[92dvh] w-full max-w-lg overflow-auto overscroll-contain rounded-lg border border-edge bg-paper p-0 text-ink backdrop:bg-black/45',
        place === 'sheet' ? 'mx-auto mt-auto mb-0 max-sm:rounded-b-none sm:mb-auto' : 'm-auto max-sm:w-[calc(100%-2rem)]',
      )}
    >
      <header className="sticky top-0 flex items-center justify-between gap-4 border-b border-line bg-paper py-1 ps-5 pe-2">
        <h2 id={id} className="heading text-base">
          {title}
        </h2>
        <IconButton label="Close" onClick={() => ref.current?.close()}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <div className="px-5 py-4">{children}</div>
      {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer> : null}
    </dialog>
  )
}
