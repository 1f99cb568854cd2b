/** For a box that scrolls inside: it has to be within reach of the keyboard, though nothing in it can be pressed. */
export const SCROLLABLE = { tabIndex: 0 } as const
