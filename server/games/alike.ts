/** A name as names are looked for: whatever case and width it was typed in, and however its letters were put together. */
export const plain = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
